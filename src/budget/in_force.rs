//! The settings of the budget taken out of the configuration in force. One that is missing or wrong is told, and the
//! forecast of the rest stands.

use super::calendar::Window;
use super::money::Money;
use super::settings::{
    CENTS, ENABLED, MODEL, Provider, RoleLimit, Settings, Strategy, limit_path, path,
};
use crate::config::Config;
use crate::problem::Problem;
use crate::value::Value;

/// What a chain may call a provider besides its name; the schema says so of `llm_router.routing.fallback_chain`.
const ALSO_CALLED: [(&str, &str); 1] = [("gpt-4", "openai")];

impl Settings {
    /// Takes them out of the configuration in force.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        let mut found = Self::default();
        let mut look = Look {
            config,
            problems: Vec::new(),
        };
        found.tracking = look.at(path::TRACKING, found.tracking, flag, on_off);
        found.enforcement = look.at(path::ENFORCEMENT, found.enforcement, flag, on_off);
        found.auto_fallback = look.at(path::AUTO_FALLBACK, found.auto_fallback, flag, on_off);
        let word = |value: &Value| Window::from_word(text(value)?);
        found.window = look.at(path::WINDOW, found.window, word, |window| {
            window.word().to_owned()
        });
        let word = |value: &Value| Strategy::from_word(text(value)?);
        found.strategy = look.at(path::STRATEGY, found.strategy, word, |strategy| {
            strategy.word().to_owned()
        });
        let threshold = found.threshold_percent;
        found.threshold_percent = look.at(path::THRESHOLD, threshold, percent, |percent| {
            format!("{percent} %")
        });
        found.providers = look.providers();
        found.chain = look.chain(&found.providers);
        found.roles = look.roles();
        found.problems = look.problems;
        found
    }
}

fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        _ => None,
    }
}

fn on_off(flag: bool) -> String {
    (if flag { "on" } else { "off" }).to_owned()
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

fn percent(value: &Value) -> Option<u8> {
    match value {
        Value::Integer(n) => u8::try_from(*n).ok().filter(|n| *n <= 100),
        _ => None,
    }
}

fn cents(value: &Value) -> Option<Money> {
    match value {
        Value::Integer(n) => u64::try_from(*n)
            .ok()
            .filter(|n| *n > 0)
            .map(Money::of_cents),
        _ => None,
    }
}

/// Looks settings up and notes what cannot be used.
struct Look<'c> {
    config: &'c Config,
    problems: Vec<Problem>,
}

impl Look<'_> {
    fn tell(&mut self, path: &str, instead: &str) {
        let message = match self.config.value(path) {
            Some(_) => "The budget cannot use this value.",
            None => "The budget finds no value here.",
        };
        let problem = Problem::warning(message).at(path.into());
        self.problems.push(problem.hint(instead));
    }

    /// The value at a path; when it cannot be used, the schema's default or else `usual`.
    fn at<T: Copy>(
        &mut self,
        path: &str,
        usual: T,
        read: impl Fn(&Value) -> Option<T>,
        say: impl Fn(T) -> String,
    ) -> T {
        if let Some(found) = self.config.value(path).and_then(&read) {
            return found;
        }
        let default = self.config.schema().get(path);
        let default = default.and_then(|field| field.default.as_ref());
        let instead = default.and_then(read).unwrap_or(usual);
        self.tell(
            path,
            &format!("The forecast goes by {} until it is mended.", say(instead)),
        );
        instead
    }

    /// The settings of a section whose last part has this ending: what stands before it, and the value.
    fn ending(&self, section: &str, ending: &str) -> Vec<(String, Option<Value>)> {
        self.config
            .iter()
            .filter(|(field, _)| field.path.section() == section)
            .filter_map(|(field, leaf)| {
                let name = field.path.leaf().strip_suffix(ending)?;
                Some((name.to_owned(), leaf.value.clone()))
            })
            .collect()
    }

    fn providers(&mut self) -> Vec<Provider> {
        let switches = self.ending(path::PROVIDERS, ENABLED);
        let provider = |(name, value): (String, Option<Value>)| {
            let on = value.as_ref().and_then(flag);
            if on.is_none() {
                let path = format!("{}.{name}{ENABLED}", path::PROVIDERS);
                self.tell(
                    &path,
                    &format!("The forecast counts {name} as off until it is mended."),
                );
            }
            let path = format!("{}.{name}{MODEL}", path::PROVIDERS);
            let model = self.config.value(&path).and_then(text);
            if model.is_none() && self.config.schema().get(&path).is_some() {
                self.tell(&path, "Name the model, for example claude-opus.");
            }
            Provider {
                on: on.unwrap_or(false),
                model: model.unwrap_or_default().to_owned(),
                name,
            }
        };
        switches.into_iter().map(provider).collect()
    }

    fn chain(&mut self, providers: &[Provider]) -> Vec<String> {
        let Some(Value::List(entries)) = self.config.value(path::CHAIN) else {
            self.tell(
                path::CHAIN,
                "The forecast goes by an empty chain until it is mended.",
            );
            return Vec::new();
        };
        let mut chain: Vec<String> = Vec::new();
        let mut unknown = Vec::new();
        for entry in entries {
            let name = text(entry).unwrap_or_default();
            let also = ALSO_CALLED.iter().find(|(called, _)| *called == name);
            let name = also.map_or(name, |(_, provider)| provider);
            if !providers.iter().any(|provider| provider.name == name) {
                unknown.push(entry.to_string());
            } else if !chain.iter().any(|known| known == name) {
                chain.push(name.to_owned());
            }
        }
        if !unknown.is_empty() {
            let known: Vec<&str> = providers.iter().map(|p| p.name.as_str()).collect();
            let message = format!("The chain names no provider with {}.", unknown.join(", "));
            let hint = format!("The budget skips it; known are {}.", known.join(", "));
            let problem = Problem::warning(message).hint(hint);
            self.problems.push(problem.at(path::CHAIN.into()));
        }
        chain
    }

    fn roles(&mut self) -> Vec<RoleLimit> {
        let limits = self.ending(path::ROLE_LIMITS, CENTS);
        let role = |(role, value): (String, Option<Value>)| {
            let limit = value.as_ref().and_then(cents);
            if limit.is_none() {
                let instead = format!(
                    "{role} is left out of the forecast until it is mended, for example with 500000."
                );
                self.tell(limit_path(&role).as_str(), &instead);
            }
            RoleLimit { role, limit }
        };
        limits.into_iter().map(role).collect()
    }
}
