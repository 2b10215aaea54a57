//! Which provider answers a role's calls while it spends normally, near its limit, and when a call would pass it.
//! Leaves to others: when a role gets there (`day`).

use super::money::Money;
use super::prices::{Price, Prices};
use super::settings::{Settings, Strategy, path};
use super::workload::Load;
use crate::clean;
use crate::form::date::Date;
use crate::path::FieldPath;
use crate::problem::Problem;

/// One model of one provider that is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    pub provider: String,
    /// As the configuration or the workload names it.
    pub model: String,
    /// Its quality in thousandths, when one is known.
    pub quality: Option<u16>,
}

/// A model for one role: what each of its calls costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its place in the forecast's list of models.
    pub model: usize,
    pub cost: Money,
}

/// Who chose the model of the first step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChosenBy {
    /// The workload prefers it.
    Workload,
    /// The strategy: the workload prefers none that is on.
    Strategy,
}

/// Why nothing is forecast for a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Its limit is missing or wrong.
    NoLimit,
    /// The price of a model that it would call is not known.
    NoPrice,
}

/// The models of one role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// While it spends normally; `None` when no provider is on, so that every call is refused.
    pub normal: Option<Offer>,
    /// From the threshold on; `None` when it stays with the first.
    pub near: Option<Offer>,
    /// When the call would pass the limit; `None` when it is refused.
    pub exceeded: Option<Offer>,
    pub by: ChosenBy,
}

/// The providers that are on, with their prices, for all roles of one forecast.
pub(super) struct Market<'a> {
    settings: &'a Settings,
    prices: &'a Prices,
    today: Date,
    pub models: Vec<Model>,
    listed: Vec<Option<&'a Price>>,
    /// For each provider its place among `models`, when it is on.
    places: Vec<Option<usize>>,
    /// Places of providers that are on, in the order of the chain.
    chain: Vec<usize>,
    warned: Vec<bool>,
    pub warnings: Vec<Problem>,
}

impl<'a> Market<'a> {
    pub fn new(settings: &'a Settings, prices: &'a Prices, today: Date) -> Self {
        let mut market = Self {
            settings,
            prices,
            today,
            models: Vec::new(),
            listed: Vec::new(),
            places: Vec::new(),
            chain: Vec::new(),
            warned: Vec::new(),
            warnings: Vec::new(),
        };
        for provider in &settings.providers {
            let place = provider
                .on
                .then(|| market.place(&provider.name, &provider.model));
            market.places.push(place);
        }
        market.read_chain();
        market
    }

    fn read_chain(&mut self) {
        let mut off: Vec<&str> = Vec::new();
        for name in &self.settings.chain {
            match self.of_provider(name) {
                Some(place) => self.chain.push(place),
                None => off.push(name),
            }
        }
        if !off.is_empty() {
            let (are, them) = match off.len() {
                1 => ("is off and is", "it"),
                _ => ("are off and are", "them"),
            };
            let message = format!("The chain names {}, which {are} skipped.", off.join(", "));
            let hint = format!("Leave {them} out, or turn {them} on under providers.");
            let problem = Problem::warning(message).hint(hint);
            self.warnings.push(problem.at(path::CHAIN.into()));
        }
    }

    fn of_provider(&self, name: &str) -> Option<usize> {
        let mut providers = self.settings.providers.iter();
        let i = providers.position(|provider| provider.name == name)?;
        self.places[i]
    }

    /// The place of a model in the list, which grows by it.
    fn place(&mut self, provider: &str, model: &str) -> usize {
        let known = |known: &Model| known.provider == provider && known.model == model;
        if let Some(place) = self.models.iter().position(known) {
            return place;
        }
        let price = self.prices.find(provider, model);
        self.models.push(Model {
            provider: provider.to_owned(),
            model: model.to_owned(),
            quality: price.and_then(|price| price.quality),
        });
        self.listed.push(price);
        self.warned.push(false);
        self.models.len() - 1
    }

    /// What a call costs; without a price that is told once and there is no offer.
    fn offer(&mut self, model: usize, load: &Load) -> Option<Offer> {
        let Some(price) = self.listed[model] else {
            if !self.warned[model] {
                self.warned[model] = true;
                let Model {
                    provider, model, ..
                } = &self.models[model];
                let problem = self.prices.missing(provider, &clean::line(model));
                let configured = self.settings.provider(provider);
                let place = format!("{}.{provider}_model", path::PROVIDERS);
                // A model that only the workload names has no setting to go to.
                let named = configured.is_some_and(|configured| configured.model == *model);
                self.warnings.push(if named {
                    problem.at(FieldPath::new(&place))
                } else {
                    problem
                });
            }
            return None;
        };
        let (input, output) = load.tokens();
        let cost = price.of_call(input, output);
        Some(Offer { model, cost })
    }

    /// Warns of the old prices among those that the choice rests on.
    fn warn_old(&mut self, choice: &Choice) {
        for offer in [choice.normal, choice.near, choice.exceeded]
            .into_iter()
            .flatten()
        {
            let Some(price) = self.listed[offer.model] else {
                continue;
            };
            if !self.warned[offer.model] {
                self.warned[offer.model] = true;
                self.warnings.extend(Prices::old(price, self.today));
            }
        }
    }

    /// The models of a role.
    ///
    /// # Errors
    /// [`Gap::NoPrice`] when a model that it would call has no price: a figure without it would be made up.
    pub fn choose(&mut self, load: &Load) -> Result<Choice, Gap> {
        let preferred = load
            .provider
            .as_deref()
            .and_then(|name| self.preferred(name, load));
        let mut places: Vec<usize> = self.places.iter().copied().flatten().collect();
        if let (Some((of, to)), Some(_)) = (preferred, &load.model) {
            // The role calls this provider with its own model, also when it falls back to it.
            places
                .iter_mut()
                .filter(|place| **place == of)
                .for_each(|place| *place = to);
        }
        let own = |place: usize| match preferred {
            Some((of, to)) if of == place => to,
            _ => place,
        };
        let (normal, by) = match preferred {
            Some((_, place)) => {
                let offer = self.offer(place, load).ok_or(Gap::NoPrice)?;
                (Some(offer), ChosenBy::Workload)
            }
            None if places.is_empty() => (None, ChosenBy::Strategy),
            None => {
                let offers: Vec<Offer> = places
                    .iter()
                    .filter_map(|place| self.offer(*place, load))
                    .collect();
                let best = self.best(&offers).ok_or(Gap::NoPrice)?;
                (Some(best), ChosenBy::Strategy)
            }
        };
        let mut choice = Choice {
            normal,
            near: None,
            exceeded: None,
            by,
        };
        if let (true, Some(normal)) = (self.settings.auto_fallback, normal) {
            for i in 0..self.chain.len() {
                let Some(offer) = self.offer(own(self.chain[i]), load) else {
                    continue;
                };
                // Of equal ones the first in the chain.
                if offer.cost < normal.cost && choice.near.is_none_or(|near| near.cost < offer.cost)
                {
                    choice.near = Some(offer);
                }
                if choice.exceeded.is_none_or(|least| offer.cost < least.cost) {
                    choice.exceeded = Some(offer);
                }
            }
        }
        self.warn_old(&choice);
        Ok(choice)
    }

    /// The place of the preferred provider and that of the model which is called there, when it is on.
    fn preferred(&mut self, name: &str, load: &Load) -> Option<(usize, usize)> {
        let Some(place) = self.of_provider(name) else {
            let (shown, role) = (clean::line(name), &load.role);
            let strategy = self.settings.strategy.word();
            let problem = match self.settings.provider(name) {
                Some(provider) => Problem::warning(format!(
                    "{role} prefers {shown}, which is off; the strategy {strategy} decides."
                ))
                .hint("Turn it on, or change the workload.")
                .at(provider.switch()),
                None => Problem::warning(format!(
                    "{role} prefers {shown}, which is no provider; the strategy {strategy} decides."
                ))
                .hint("Change the provider of the role in the workload."),
            };
            self.warnings.push(problem);
            return None;
        };
        let own = load.model.as_deref().map(|model| self.place(name, model));
        Some((place, own.unwrap_or(place)))
    }

    /// What the strategy takes; of equal ones the first.
    fn best(&self, offers: &[Offer]) -> Option<Offer> {
        let quality = |offer: &Offer| u128::from(self.models[offer.model].quality.unwrap_or(0));
        // quality * 100 / (cost in cents + 1), compared without dividing.
        let weight = |offer: &Offer| offer.cost.micro_cents() + 1_000_000;
        let value = |one: &Offer, other: &Offer| quality(one).saturating_mul(weight(other));
        let order = |new: &Offer, old: &Offer| {
            let cheaper = old.cost.cmp(&new.cost);
            let finer = quality(new).cmp(&quality(old));
            match self.settings.strategy {
                Strategy::CostAware => cheaper.then(finer),
                Strategy::Performance => finer.then(cheaper),
                Strategy::Balanced => value(new, old).cmp(&value(old, new)).then(cheaper),
            }
        };
        let better = |new: &Offer, old: &Offer| order(new, old).is_gt();
        offers
            .iter()
            .copied()
            .reduce(|old, new| if better(&new, &old) { new } else { old })
    }
}
