//! What the forecast needs of the configuration: limits, switches, providers and their order.
//! Leaves to others: taking it out of the configuration in force (`in_force`), what follows from it (`choice`, `day`).

use super::calendar::Window;
use super::money::Money;
use crate::path::FieldPath;
use crate::problem::Problem;

/// The paths of the settings that decide about money.
pub mod path {
    pub const TRACKING: &str = "llm_router.cost_tracking.enabled";
    pub const ENFORCEMENT: &str = "llm_router.budget_enforcement.enabled";
    pub const WINDOW: &str = "llm_router.budget_enforcement.window";
    pub const THRESHOLD: &str = "llm_router.budget_enforcement.near_threshold_percent";
    pub const AUTO_FALLBACK: &str = "llm_router.budget_enforcement.auto_fallback";
    pub const STRATEGY: &str = "llm_router.routing.strategy";
    pub const CHAIN: &str = "llm_router.routing.fallback_chain";
    pub const ROLE_LIMITS: &str = "llm_router.budget_enforcement.role_limits";
    pub const PROVIDERS: &str = "llm_router.providers";
}

pub(super) const CENTS: &str = "_cents";
pub(super) const ENABLED: &str = "_enabled";
pub(super) const MODEL: &str = "_model";

/// How the router chooses a provider for a role that prefers none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Strategy {
    /// The cheapest.
    CostAware,
    /// The best.
    Performance,
    /// The most quality for the money.
    #[default]
    Balanced,
}

impl Strategy {
    pub const ALL: [Self; 3] = [Self::CostAware, Self::Performance, Self::Balanced];

    /// The word of the configuration.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::CostAware => "cost_aware",
            Self::Performance => "performance",
            Self::Balanced => "balanced",
        }
    }

    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }
}

/// Are limits applied?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Enforced {
    #[default]
    On,
    /// Cost tracking is off: nobody knows what is spent, so no limit can be applied.
    NotTracked,
    Off,
}

impl Enforced {
    /// The setting that turns it off.
    #[must_use]
    pub fn cause(self) -> Option<&'static str> {
        match self {
            Self::On => None,
            Self::NotTracked => Some(path::TRACKING),
            Self::Off => Some(path::ENFORCEMENT),
        }
    }
}

/// What the settings say about one provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    pub name: String,
    pub on: bool,
    /// The model that is called; empty when none is said.
    pub model: String,
}

impl Provider {
    /// The setting that turns it on and off.
    #[must_use]
    pub fn switch(&self) -> FieldPath {
        FieldPath::new(&format!("{}.{}{ENABLED}", path::PROVIDERS, self.name))
    }
}

/// What one role may spend in a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleLimit {
    pub role: String,
    /// `None` when the setting is missing or wrong: what happens to the role cannot be said.
    pub limit: Option<Money>,
}

impl RoleLimit {
    /// The setting that holds it.
    #[must_use]
    pub fn path(&self) -> FieldPath {
        limit_path(&self.role)
    }
}

/// The setting that holds the limit of a role.
#[must_use]
pub fn limit_path(role: &str) -> FieldPath {
    FieldPath::new(&format!("{}.{role}{CENTS}", path::ROLE_LIMITS))
}

/// Everything in the configuration that decides about money.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    pub tracking: bool,
    pub enforcement: bool,
    pub window: Window,
    /// 0 to 100.
    pub threshold_percent: u8,
    pub auto_fallback: bool,
    pub strategy: Strategy,
    /// In schema order.
    pub providers: Vec<Provider>,
    /// Names of providers, in the order they are tried; each once.
    pub chain: Vec<String>,
    /// In schema order.
    pub roles: Vec<RoleLimit>,
    /// What was missing or wrong, with what the forecast goes by instead.
    pub problems: Vec<Problem>,
}

/// As the schema has it, without providers and roles.
impl Default for Settings {
    fn default() -> Self {
        Self {
            tracking: true,
            enforcement: true,
            window: Window::default(),
            threshold_percent: 80,
            auto_fallback: true,
            strategy: Strategy::default(),
            providers: Vec::new(),
            chain: Vec::new(),
            roles: Vec::new(),
            problems: Vec::new(),
        }
    }
}

impl Settings {
    #[must_use]
    pub fn enforced(&self) -> Enforced {
        match (self.enforcement, self.tracking) {
            (true, true) => Enforced::On,
            (true, false) => Enforced::NotTracked,
            (false, _) => Enforced::Off,
        }
    }

    #[must_use]
    pub fn role(&self, name: &str) -> Option<&RoleLimit> {
        self.roles.iter().find(|role| role.role == name)
    }

    #[must_use]
    pub fn provider(&self, name: &str) -> Option<&Provider> {
        self.providers.iter().find(|provider| provider.name == name)
    }
}
