//! The table of actions: name, footer label, sentence and place of each, said once.
//! Keys come from the keymap; footer, help and the README's key table are made from both.

/// Where a binding holds. A place's own bindings come before those of [`Place::Everywhere`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// Also while a value is typed.
    Always,
    /// Outside an edit.
    Everywhere,
    /// Panels and fields.
    Main,
    /// Fields only.
    Fields,
    Diff,
    /// While something is searched for by name.
    Found,
    /// While a value is typed.
    Edit,
    /// While a text of several lines is typed: its own keys come before those of an edit.
    Editor,
    /// Lists to choose or tick from.
    Pick,
    Output,
    Start,
    /// Three states of settings that two sides changed.
    Merge,
    /// The earlier versions of the output file.
    Generations,
    /// The list of presets.
    Presets,
    /// The budget in full.
    Budget,
    /// The ranking of agents in full.
    Scoring,
    /// The editor of the workload.
    Workload,
    /// No key: only by name.
    Named,
}

impl Place {
    pub const ALL: [Self; 18] = [
        Self::Always,
        Self::Everywhere,
        Self::Main,
        Self::Fields,
        Self::Diff,
        Self::Found,
        Self::Edit,
        Self::Editor,
        Self::Pick,
        Self::Output,
        Self::Start,
        Self::Merge,
        Self::Generations,
        Self::Presets,
        Self::Budget,
        Self::Scoring,
        Self::Workload,
        Self::Named,
    ];

    /// The places whose bindings hold behind this one's: a key bound here hides the same key there.
    #[must_use]
    pub fn beneath(self) -> &'static [Self] {
        match self {
            Self::Always | Self::Named => &[],
            Self::Everywhere | Self::Edit => &[Self::Always],
            Self::Main
            | Self::Diff
            | Self::Pick
            | Self::Output
            | Self::Start
            | Self::Merge
            | Self::Generations
            | Self::Presets
            | Self::Budget
            | Self::Scoring
            | Self::Workload => &[Self::Everywhere, Self::Always],
            Self::Fields => &[Self::Main, Self::Everywhere, Self::Always],
            Self::Found | Self::Editor => &[Self::Edit, Self::Always],
        }
    }

    /// Are characters typed here, so that none can be a key?
    #[must_use]
    pub fn types(self) -> bool {
        matches!(self, Self::Edit | Self::Editor | Self::Found)
    }

    /// The table of `keymap.toml`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::Everywhere => "everywhere",
            Self::Main => "main",
            Self::Fields => "fields",
            Self::Diff => "diff",
            Self::Found => "found",
            Self::Edit => "edit",
            Self::Editor => "editor",
            Self::Pick => "pick",
            Self::Output => "output",
            Self::Start => "start",
            Self::Merge => "merge",
            Self::Generations => "generations",
            Self::Presets => "presets",
            Self::Budget => "budget",
            Self::Scoring => "scoring",
            Self::Workload => "workload",
            Self::Named => "named",
        }
    }

    /// How help and README call it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Always => "Always, also in an edit",
            Self::Everywhere => "Everywhere but in an edit",
            Self::Main => "Panels and fields",
            Self::Fields => "Fields",
            Self::Diff => "Differences",
            Self::Found => "While searching by name",
            Self::Edit => "In an edit",
            Self::Editor => "In an edit of several lines",
            Self::Pick => "Lists to tick from",
            Self::Output => "Output",
            Self::Start => "Start",
            Self::Merge => "Two sides changed a file",
            Self::Generations => "Earlier versions",
            Self::Presets => "Presets",
            Self::Budget => "Budget",
            Self::Scoring => "Ranking of agents",
            Self::Workload => "Workload",
            Self::Named => "Only by name",
        }
    }
}

macro_rules! actions {
    ($($action:ident $place:ident $name:literal $label:literal $sentence:literal;)*) => {
        /// What an operator can ask for by a key.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action { $($action,)* }

        impl Action {
            /// Every action, in the order of the help.
            pub const ALL: &[Self] = &[$(Self::$action,)*];

            /// The name in `keymap.toml`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$action => $name,)* }
            }

            /// The name as it is typed after `:`, and said in a sentence.
            #[must_use]
            pub fn words(self) -> String {
                self.name().replace('_', " ")
            }

            /// One or two words for the footer.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(Self::$action => $label,)* }
            }

            /// What it does, for help and README.
            #[must_use]
            pub fn sentence(self) -> &'static str {
                match self { $(Self::$action => $sentence,)* }
            }

            #[must_use]
            pub fn place(self) -> Place {
                match self { $(Self::$action => Place::$place,)* }
            }
        }
    };
}

actions! {
    Interrupt Always "interrupt" "stop" "End what is at hand: the edit, the window; else leave";
    Suspend Always "suspend" "suspend" "Suspend the program; fg brings it back";
    Repaint Always "repaint" "repaint" "Paint the whole screen again";
    HelpInEdit Always "help_in_edit" "help" "Help for the focused setting, then all keys";

    Up Everywhere "up" "choose" "The row above";
    Down Everywhere "down" "choose" "The row below";
    PageUp Everywhere "page_up" "page" "A page up";
    PageDown Everywhere "page_down" "page" "A page down";
    First Everywhere "first" "first" "The first row";
    Last Everywhere "last" "last" "The last row";
    Left Everywhere "left" "out" "Out, or the pane to the left; never changes a value";
    Right Everywhere "right" "in" "In, or the pane to the right; never changes a value";
    NextPane Everywhere "next_pane" "next" "The next pane or button";
    PreviousPane Everywhere "previous_pane" "previous" "The previous pane or button";
    Open Everywhere "open" "open" "Open, edit, go there, press";
    Back Everywhere "back" "back" "One step back; never leaves, discards or confirms";
    Leave Everywhere "leave" "leave" "Leave, asking only when something would be lost; in a window close it";
    Help Everywhere "help" "keys" "Help for the focused setting, then all keys";
    Undo Everywhere "undo" "undo" "Take the last step back: answer, profile or opened file";
    Redo Everywhere "redo" "redo" "Do it again; after Esc in an edit, bring the typed text back";

    Copy Everywhere "copy" "copy" "Copy value, path, problem or row through the terminal; again for the next of them";
    Mouse Everywhere "mouse" "mouse" "Take the mouse, or give it back to the terminal; never needed";

    Search Everywhere "search" "search" "Search all settings: prompts, paths, values, options, help";
    NextProblem Everywhere "next_problem" "next ✗○!" "The next hit of the search; without one, the next setting that is wrong, open or warned about";
    PreviousProblem Everywhere "previous_problem" "last ✗○!" "The previous hit of the search; without one, the previous setting that is wrong, open or warned about";
    Problems Everywhere "problems" "problems" "The list of all problems; again closes it";
    Finder Everywhere "finder" "actions" "Find an action by its name and do it; w reviews, q leaves";

    Filter Main "filter" "rows" "Which rows show: all, changed, to answer, wrong";
    Diff Main "diff" "diff" "What differs from the profile, another one or a file";
    Profile Main "profile" "profile" "Choose the profile; answers are kept";
    Write Main "write" "write" "Review what would be written, then write it";

    Edit Fields "edit" "edit" "Edit the value";
    Toggle Fields "toggle" "switch" "Switch on or off, or open the choices";
    Reset Fields "reset" "reset" "This setting back to what lies under the answer";
    Reveal Fields "reveal" "show" "Show or hide this secret for 10 s";

    CloseDiff Diff "close_diff" "close" "Close the differences";
    TakeLeft Diff "take_left" "take left" "Take the value of the left column";
    ShowAll Diff "show_all" "show all" "Show all settings, or only those that differ";
    Compare Diff "compare" "compare" "Compare with another profile, the written file or any file";
    DiffRows Diff "diff_rows" "rows" "Which rows show: those that differ, those that are wrong, all";
    Fold Diff "fold" "fold" "Fold or unfold what is the same in this section";

    FoundUp Found "found_up" "row" "The row above";
    FoundDown Found "found_down" "row" "The row below";
    FoundPageUp Found "found_page_up" "page" "A page up";
    FoundPageDown Found "found_page_down" "page" "A page down";

    Keep Edit "keep" "keep" "Keep what was typed, even wrong";
    KeepNext Edit "keep_next" "keep, next" "Keep and go to the next setting";
    KeepPrevious Edit "keep_previous" "keep, previous" "Keep and go to the previous setting";
    GiveUp Edit "give_up" "back" "The earlier value back; U brings the typed text again";
    Erase Edit "erase" "erase" "Erase the character before";
    Delete Edit "delete" "delete" "Delete the character under the cursor";
    EraseToStart Edit "erase_to_start" "clear" "Erase to the start";
    EraseToEnd Edit "erase_to_end" "cut" "Erase to the end";
    EraseWord Edit "erase_word" "word" "Erase the word before";
    LineStart Edit "line_start" "start" "To the start";
    LineEnd Edit "line_end" "end" "To the end";
    CharLeft Edit "char_left" "left" "One character left";
    CharRight Edit "char_right" "right" "One character right";
    WordLeft Edit "word_left" "word left" "One word left";
    WordRight Edit "word_right" "word right" "One word right";

    NewLine Editor "new_line" "new line" "A new line; in a list, a new item";
    KeepText Editor "keep_text" "keep" "Keep the text, even wrong";
    LineUp Editor "line_up" "up" "The line above";
    LineDown Editor "line_down" "down" "The line below";
    EditorPageUp Editor "editor_page_up" "page" "A page up";
    EditorPageDown Editor "editor_page_down" "page" "A page down";

    Tick Pick "tick" "tick" "Tick or untick";
    MoveUp Pick "move_up" "move up" "Move the row up, where the order counts";
    MoveDown Pick "move_down" "move down" "Move the row down";

    Output Main "output" "output" "The text that would be written";
    SidePane Main "side_pane" "side" "What stands beside the fields on a wide screen: diff, budget, output, help";
    CloseOutput Output "close_output" "close" "Close the output";
    LookFirst Start "look_first" "look at it first" "Look at the values of a profile before starting with it";

    TakeTheirs Merge "take_theirs" "theirs" "This setting as the other side has it";
    TakeOurs Merge "take_ours" "mine" "This setting as you have it";
    TakeBase Merge "take_base" "before" "This setting as it was before both changed it";
    AllTheirs Merge "all_theirs" "all theirs" "All settings that both changed, as the other side has them";
    AllOurs Merge "all_ours" "all mine" "All settings that both changed, as you have them";

    Generations Main "generations" "earlier" "Earlier versions of the output file: look, compare, restore";
    GenerationsAtStart Start "earlier_versions" "earlier" "Earlier versions of the output file, before anything is opened";
    DiffGeneration Generations "diff_version" "diff" "What is in force now against this version";
    RestoreGeneration Generations "restore_version" "restore" "Review what restoring this version would write, then write it";
    CloseGenerations Generations "close_versions" "close" "Close the earlier versions";
    Presets Main "presets" "presets" "Presets: load one, save what is set now as one";
    PresetsAtStart Start "presets_at_start" "presets" "Presets: load one to begin with";
    SavePreset Presets "save_preset" "save as" "Save what is set now, or a copy of this preset";
    ChangePreset Presets "change_preset" "name" "Another name, another sentence";
    ComparePreset Presets "compare_preset" "diff" "What is in force now against this preset";
    DeletePreset Presets "delete_preset" "delete" "Delete this preset; undo brings it back as long as the wizard runs";
    ExportPreset Presets "export_preset" "export" "Write this preset to a file of its own";
    ImportPreset Presets "import_preset" "import" "Read a preset from a file, and save it here";

    Budget Main "budget" "budget" "What it will cost: below or beside the fields; from the panels in full";
    CloseBudget Budget "close_budget" "close" "Close the budget";
    BudgetAgainst Budget "budget_against" "compare" "Compare the cost with another profile, the written file or any file";

    Scoring Main "scoring" "agents" "How agents are ranked, and who moves: below or beside the fields; from the panels in full";
    ScaleWeights Main "scale_weights" "scale to 1" "Scale the three weights of the agents' score so that they sum to 1";
    CloseScoring Scoring "close_scoring" "close" "Close the ranking of agents";
    ScaleHere Scoring "scale_weights_here" "scale to 1" "Scale the three weights so that they sum to 1";
    ScoringAgainst Scoring "scoring_against" "compare" "Compare the ranking with another profile, the written file or any file";

    EditWorkload Budget "edit_workload" "workload" "Edit what agents ask for: calls, tokens, growth, what is spent so far";
    SaveWorkload Workload "save_workload" "save" "Show what would be saved to the workspace, then save it";
    ImportWorkload Workload "import_workload" "import" "Read the figures from CSV, JSON or the router's metrics";
    ChooseWorkload Workload "choose_workload" "another" "Use and edit another workload";

    WriteAndLeave Named "wq" "review" "Review what would be written; leaving is a key of its own";
    ResetPanel Named "reset_panel" "reset panel" "All settings of this panel back to what lies under the answers; asks first";
    ResetAll Named "reset_all" "reset all" "All settings back to what lies under the answers; asks first";

    Certificate Named "certificate" "certificate" "Make a self-signed certificate with its key, for solo and tests";
}
