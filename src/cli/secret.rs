//! `secret jwt` and `secret certificate`: what the wizard makes at a secret's field, without a screen.
//! Leaves to others: making them (`made`), writing files (`store`), who says yes (`write`).

use std::time::SystemTime;

use serde_json::{Value as Json, json};

use super::args::format::Format;
use super::args::secret::{SecretCertificate, SecretJwt, SecretVerb};
use super::write::{Ask, agreed};
use super::{Answer, Cannot, Place, one, print};
use crate::clean;
use crate::made::{self, Pair};
use crate::prepare;
use crate::problem::Problem;
use crate::report;
use crate::store::{Outcome, Plan, Written};

pub(super) fn run(verb: &SecretVerb, place: &Place) -> Result<Answer, Cannot> {
    match verb {
        SecretVerb::Jwt(flags) => jwt(flags, place).map_err(one),
        SecretVerb::Certificate(flags) => certificate(flags, place),
    }
}

fn jwt(flags: &SecretJwt, place: &Place) -> Result<Answer, Problem> {
    let secret = made::jwt_secret()?;
    let Some(output) = &flags.output else {
        let text = secret.expose();
        print::result(&match flags.printed.format {
            Format::Human => format!("{text}\n"),
            Format::Json => report::text(&json!({ "secret": text })),
        })?;
        return Ok(Answer::Fine);
    };
    let plan = made::secret_file(&place.here.join(output), &secret)?;
    show(&[&plan], place);
    if flags.dry_run {
        return Ok(Answer::Fine);
    }
    let ask = Ask {
        dry_run: false,
        yes: flags.yes,
    };
    if !may_write(ask, &[&plan], place)? {
        return Ok(Answer::No);
    }
    let written = plan.write().map_err(|failed| failed.problem())?;
    let text = match flags.printed.format {
        Format::Human => said(&plan, &written, place),
        Format::Json => report::text(&file(&written)),
    };
    print::result(&text)?;
    print::tell_by_place(&written.problems);
    Ok(Answer::Fine)
}

fn certificate(flags: &SecretCertificate, place: &Place) -> Result<Answer, Cannot> {
    let names = made::names(&flags.name.join(","));
    let days = made::days(&flags.days);
    let (names, days) = match (names, days) {
        (Ok(names), Ok(days)) => (names, days),
        (names, days) => return Err([names.err(), days.err()].into_iter().flatten().collect()),
    };
    let made = made::certificate(&names, days, SystemTime::now()).map_err(one)?;
    let (public, private) = (
        place.here.join(&flags.certificate),
        place.here.join(&flags.key),
    );
    let pair = Pair::plan(&made, &public, &private)?;
    show(&pair.plans(), place);
    if flags.dry_run {
        return Ok(Answer::Fine);
    }
    let ask = Ask {
        dry_run: false,
        yes: flags.yes,
    };
    if !may_write(ask, &pair.plans(), place).map_err(one)? {
        return Ok(Answer::No);
    }
    let written = pair.write().map_err(one)?;
    let [public, private] = &written;
    let text = match flags.printed.format {
        Format::Human => {
            let files = [(&pair.certificate, public), (&pair.key, private)];
            let files = files.map(|(plan, written)| said(plan, written, place));
            format!(
                "{}Self-signed for {}, until {}.\n",
                files.concat(),
                pair.names.join(", "),
                pair.until
            )
        }
        Format::Json => report::text(&json!({
            "certificate": file(public),
            "key": file(private),
            "names": pair.names,
            "days": pair.days,
            "until": pair.until,
        })),
    };
    print::result(&text).map_err(one)?;
    for written in &written {
        print::tell_by_place(&written.problems);
    }
    Ok(Answer::Fine)
}

/// The plans, one a line, and that what is replaced is gone.
fn show(plans: &[&Plan], place: &Place) {
    for plan in plans {
        print::message(&format!("{}\n", prepare::summary(plan, &place.here)));
    }
    if replaces(plans) {
        print::message("What a replaced file holds is gone then: no old version is kept.\n");
    }
}

fn replaces(plans: &[&Plan]) -> bool {
    plans.iter().any(|plan| plan.outcome != Outcome::New)
}

/// New files take nothing from anybody, and were asked for by name: only what replaces is asked about.
fn may_write(ask: Ask, plans: &[&Plan], place: &Place) -> Result<bool, Problem> {
    let yes = ask.yes || !replaces(plans);
    agreed(Ask { yes, ..ask }, place)
}

fn said(plan: &Plan, written: &Written, place: &Place) -> String {
    let file = clean::path(&place.here, &plan.file);
    format!("Written: {file}, mode {:04o}.\n", written.mode)
}

fn file(written: &Written) -> Json {
    json!({
        "file": written.path.to_string_lossy(),
        "mode": format!("{:04o}", written.mode),
    })
}
