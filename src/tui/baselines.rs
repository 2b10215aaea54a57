//! Profiles judged alone: asked for when something needs them, kept while the program runs.
//! Leaves to others: files that are compared with (`comparing`), the question in force (`update`).

use super::app::{App, Baseline};
use super::diff_screen::{DiffScreen, Left};
use super::msg::Effect;
use super::window::Window;
use crate::config::{Config, Overlay, Verdict};
use crate::nickel::Slot;

impl App {
    /// Asks for a profile alone, unless it is known or the newest such question.
    pub(super) fn ask_baseline(&mut self, profile: &str, effects: &mut Vec<Effect>) {
        let newest = self.newest_baseline();
        match self.baselines.get(profile) {
            Some(known) if known.config.is_some() || known.ticket == newest => return,
            _ => {}
        }
        let baseline = Baseline {
            ticket: newest + 1,
            config: None,
        };
        self.baselines.insert(profile.to_owned(), baseline);
        effects.push(Effect::Evaluate {
            slot: Slot::Baseline,
            ticket: newest + 1,
            profile: Some(profile.to_owned()),
            overlay: Overlay::new(),
        });
    }

    pub(super) fn judge_baseline(
        &mut self,
        ticket: u64,
        verdict: Verdict,
        effects: &mut Vec<Effect>,
    ) {
        let Some(schema) = self.schema.clone() else {
            return;
        };
        let mut verdict = Some(verdict);
        if !self.judge_compared(ticket, &mut verdict) {
            let known = self.baselines.iter_mut().find(|(_, b)| b.ticket == ticket);
            if let (Some((name, baseline)), Some(verdict)) = (known, verdict) {
                baseline.config = Some(Config::new(&schema, &Overlay::new(), verdict, None));
                // What the base shares with this profile is known only now.
                let base = self.answers.said().base.as_ref();
                let of_base = base.and_then(|base| base.profile.as_ref()) == Some(name);
                if of_base && self.answers.said().profile.as_ref() != Some(name) {
                    return self.ask(effects);
                }
            }
        }
        self.refresh_budget();
        self.refresh_scoring();
        self.ask_baselines(effects);
    }

    /// The newest question about a baseline.
    pub(super) fn newest_baseline(&self) -> u64 {
        let profiles = self.baselines.values().map(|b| b.ticket);
        let files = self.comparing.iter().chain(&self.compared);
        profiles.chain(files.map(|f| f.ticket)).max().unwrap_or(0)
    }

    /// Asks for the profiles that are needed and not known: that in force, that of the base, that of the left column.
    pub(super) fn ask_baselines(&mut self, effects: &mut Vec<Effect>) {
        let base = self.answers.said().base.as_ref();
        let left = self.windows.iter().find_map(|window| match window {
            Window::Diff(DiffScreen {
                left: Left::Profile(name),
                ..
            }) => Some(name),
            _ => None,
        });
        let of_budget = match self.budget.left() {
            Left::Profile(name) => Some(name),
            Left::Chosen | Left::File => None,
        };
        let needed = [
            self.answers.said().profile.as_ref(),
            base.and_then(|base| base.profile.as_ref()),
            left,
            of_budget,
        ];
        let needed = needed.into_iter().flatten();
        let needed: Vec<String> = needed
            .chain(self.profiles_under_drafts())
            .cloned()
            .collect();
        for profile in needed {
            self.ask_baseline(&profile, effects);
        }
        self.ask_compared(effects);
    }
}
