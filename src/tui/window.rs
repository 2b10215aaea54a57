//! The windows that can stand over the panels; the front one gets the keys.

use super::budget_screen::BudgetScreen;
use super::certificate_screen::CertificateScreen;
use super::choice::Choice;
use super::diff_screen::DiffScreen;
use super::draft_screen::DraftScreen;
use super::editor::Editor;
use super::finder::Finder;
use super::generations::GenerationsScreen;
use super::help::Help;
use super::list_filter::ListFilter;
use super::look_first::LookFirst;
use super::merge_screen::MergeScreen;
use super::multiselect::Multiselect;
use super::output_screen::OutputScreen;
use super::preset_list::PresetList;
use super::preset_save::SaveScreen;
use super::problem_list::ProblemList;
use super::prompt::Prompt;
use super::question::Question;
use super::review::Review;
use super::search::Search;
use super::sheet::Sheet;
use super::workload_editor::WorkloadEditor;
use crate::schema::FieldPath;
use crate::value::Value;

#[derive(Debug)]
pub enum Window {
    Diff(DiffScreen),
    Help(Help),
    Review(Box<Review>),
    Choice(Choice),
    Question(Question),
    Prompt(Box<Prompt>),
    Search(Box<Search>),
    Problems(ProblemList),
    Finder(Box<Finder>),
    Multiselect(Box<Multiselect>),
    Editor(Box<Editor>),
    Output(OutputScreen),
    LookFirst(LookFirst),
    Draft(Box<DraftScreen>),
    Merge(Box<MergeScreen>),
    Generations(GenerationsScreen),
    Certificate(Box<CertificateScreen>),
    Presets(PresetList),
    SavePreset(Box<SaveScreen>),
    Budget(BudgetScreen),
    /// What it shows is kept beside the windows, for its pane too.
    Scoring,
    Workload(Box<WorkloadEditor>),
    Sheet(Box<Sheet>),
}

impl Window {
    /// The field whose answer this window holds, with the answer so far.
    #[must_use]
    pub fn answer(&self) -> Option<(&FieldPath, &Value)> {
        match self {
            Self::Multiselect(list) => Some((&list.path, &list.value)),
            Self::Editor(editor) => Some((&editor.path, &editor.value)),
            _ => None,
        }
    }

    /// The line by which a list is searched.
    #[must_use]
    pub fn filter(&self) -> Option<&ListFilter> {
        match self {
            Self::Choice(choice) => choice.filter.as_deref(),
            Self::Multiselect(list) => list.filter.as_ref(),
            _ => None,
        }
    }
}
