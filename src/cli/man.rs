//! `man [VERB]`: manual pages, from the command line's own definition and the wizard's key table.

use clap::{Command, CommandFactory};
use clap_mangen::Man;
use roff::{Roff, bold, roman};

use super::args::{self, CommandLine};
use super::{Answer, Cannot, Keys, one, print};
use crate::clean;
use crate::problem::{self, Problem};

pub(super) fn run(flags: &args::man::Man, keys: Keys) -> Result<Answer, Cannot> {
    let mut program = CommandLine::command();
    program.build();
    let page = match flags.verb.as_slice() {
        [] => page(program, &keys_section(keys)),
        words => {
            let verb = words
                .iter()
                .try_fold(program, |command, word| of_verb(&command, word));
            page(verb.map_err(one)?, "")
        }
    };
    print::result(&page).map_err(one)?;
    Ok(Answer::Fine)
}

/// The command of a verb; built, its page is called `vapora-tui-render`.
fn of_verb(program: &Command, verb: &str) -> Result<Command, Problem> {
    if let Some(found) = program.find_subcommand(verb) {
        return Ok(found.clone());
    }
    let verbs = || program.get_subcommands().map(Command::get_name);
    let hint = match problem::nearest(verb, verbs()) {
        Some(nearest) => format!("The nearest is {nearest}."),
        None => format!("There are {}.", verbs().collect::<Vec<_>>().join(", ")),
    };
    Err(Problem::error(format!("{} is no verb.", clean::line(verb))).hint(hint))
}

fn page(command: Command, more: &str) -> String {
    let man = Man::new(command)
        .manual("VAPORA")
        .source(format!("vapora-tui {}", env!("CARGO_PKG_VERSION")));
    let mut text = Vec::new();
    // Writing to memory cannot fail.
    drop(man.render(&mut text));
    let text = String::from_utf8_lossy(&text);
    text.replace(".SH EXTRA\n", ".SH NOTES\n") + more
}

fn keys_section(keys: Keys) -> String {
    let mut section = Roff::new();
    section.control("SH", ["KEYS OF THE WIZARD"]);
    let mut place = "";
    for (at, keys, sentence) in keys() {
        if at != place {
            section.control("SS", [at]);
            place = at;
        }
        section.control("TP", []);
        section.text([bold(keys)]);
        section.text([roman(sentence)]);
    }
    section.to_roff()
}
