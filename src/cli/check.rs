//! `check FILE`: what is wrong with a configuration file, each problem on the line it stands on.
//! Leaves to others: judging the file (`judged_file`), printing (`print`).

use serde_json::json;

use super::args::check::Check;
use super::args::format::Format;
use super::judged_file::{self, Over};
use super::sources::{Source, Under};
use super::{Answer, Cannot, Place, answer, caution, judge, one, print, profiles, report};
use crate::problem::Counts;
use crate::profile;

pub(super) fn run(flags: &Check, place: &Place) -> Result<Answer, Cannot> {
    let starting = judge::start(&place.workspace);
    let source = Source::of(&flags.file, place).map_err(one)?;
    let (profiles, unread) = profiles(&place.workspace);
    let asked = flags.profile.as_deref();
    let asked = asked
        .map(|name| profile::usable(name, &profiles, &unread))
        .transpose();
    let asked = asked.map_err(one)?;
    let mut judge = starting.ready()?;
    let under = source.under(place, judge.schema());
    let Under { file, opened, .. } = under.map_err(one)?;
    let file = file.as_path();
    let over = Over::said(asked.as_deref(), &opened, &profiles)
        .unwrap_or_else(|| Over::nearest(&mut judge, &opened, &profiles));
    let judged = judged_file::judge(&mut judge, file, &opened, &over, &profiles)?;
    let counts = Counts::of(judged.told.iter().map(|told| &told.problem));
    let caution = caution(flags.strict);
    match flags.printed.format {
        Format::Human => {
            print::problems(&judged.told).map_err(one)?;
            if let Some(remark) = judged.remark(&over) {
                print::message(&format!("{remark}\n"));
            }
            let summary = caution.summary(counts);
            let over = if opened.nothing_read() {
                "Nothing could be read".to_owned()
            } else {
                format!("Over {}", over.words())
            };
            print::message(&format!("{over}: {summary}\n"));
        }
        Format::Json => {
            let shown = file.to_string_lossy();
            let problems: Vec<_> = judged
                .told
                .iter()
                .map(|told| report::json(told, &shown))
                .collect();
            let json = json!({
                "file": shown,
                "profile": over.profile(),
                "profile_by": over.word(),
                "schema": judged.config.schema().version,
                "ok": !caution.blocks(counts),
                "left_out": judged.left_out,
                "problems": problems,
            });
            print::result(&report::text(&json)).map_err(one)?;
        }
    }
    if opened.nothing_read() {
        return Ok(Answer::None);
    }
    Ok(answer(caution, counts))
}
