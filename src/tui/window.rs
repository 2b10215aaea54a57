//! The windows that can stand over the panels; the front one gets the keys.

use super::choice::Choice;
use super::diff_screen::DiffScreen;
use super::finder::Finder;
use super::help::Help;
use super::problem_list::ProblemList;
use super::prompt::Prompt;
use super::question::Question;
use super::review::Review;
use super::search::Search;

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
}
