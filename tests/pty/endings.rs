//! Every way the wizard can end, under a shell as an operator has it. Each ending plays once and asserts: gone within
//! 2 s without spinning, the terminal as it was found, no process left. Who plays them how often: `ending`, the proof.

use std::path::Path;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{Action, LocalModes, tcflow, tcgetattr};
use tempfile::TempDir;
use vapora_tui::tui::terminal as product;

use crate::process::{
    Watch, assert_ends, children, guard, judge, processor_time, wizard_below, working_in,
};
use crate::steps::{SIZE, SOON, folder, give_port, go_to_port};
use crate::terminal::{CTRL_C, CTRL_L, CTRL_Z, DOWN, ENTER, PROGRAM, TAB, Terminal, shows};

/// What the guard says; nobody else does.
const UNEXPECTED: &str = "ended unexpectedly";

/// Those that take no longer than the others of the normal run.
pub const FAST: [(&str, fn()); 10] = [
    ("q", q),
    ("SIGQUIT", || by_signal(Signal::QUIT, 131)),
    ("Ctrl+Z, then SIGKILL", killed_while_stopped),
    (
        "the terminal gone without SIGHUP",
        terminal_gone_without_a_signal,
    ),
    ("stdin closed", stdin_closed),
    ("a stopped terminal, then SIGTERM", stopped_then_terminated),
    ("SIGKILL", || killed(Signal::KILL)),
    ("SIGKILL of the judge", || judge_killed(Signal::KILL)),
    ("SIGKILL of the guard", guard_killed),
    ("SIGKILL at a secret in line mode", killed_at_a_secret),
];

pub const OTHERS: [(&str, fn()); 15] = [
    ("Ctrl+C twice", ctrl_c),
    ("an error at the start", error),
    ("a panic", panic),
    ("SIGINT", || by_signal(Signal::INT, 130)),
    ("SIGTERM", || by_signal(Signal::TERM, 143)),
    ("SIGHUP", || by_signal(Signal::HUP, 129)),
    ("SIGTSTP and SIGCONT", stopped_and_continued),
    ("the terminal gone", terminal_gone),
    (
        "a terminal stopped before the start",
        stopped_before_the_start,
    ),
    ("a stopped terminal, then SIGKILL", stopped_then_killed),
    ("SIGABRT", || killed(Signal::ABORT)),
    ("SIGSEGV", faulted),
    ("SIGABRT of the judge, as of its stack overflow", || {
        judge_killed(Signal::ABORT);
    }),
    ("SIGKILL of guard after guard", every_guard_killed),
    ("SIGKILL under bash", killed_under_bash),
];

/// The wizard under a shell, something typed in it.
struct Scene {
    folder: TempDir,
    terminal: Terminal,
    wizard: Pid,
    modes: String,
}

impl Scene {
    fn start() -> Self {
        Self::under("sh", &["-i"], PROGRAM)
    }

    /// `command` starts the wizard; its arguments follow.
    fn under(shell: &str, args: &[&str], command: &str) -> Self {
        let folder = folder();
        let mut terminal = Terminal::start_program(shell, SIZE, folder.path(), args);
        terminal.wait_for("shell>");
        let modes = modes(&mut terminal, "before");
        terminal.send(&format!("clear; {command} --profile enterprise; code=$?\n"));
        terminal.wait_for("✗0");
        let wizard = wizard_below(terminal.pid(), PROGRAM);
        go_to_port(&mut terminal);
        give_port(&mut terminal, "9001");
        terminal.press(DOWN, "▸ Worker threads");
        terminal.press("M", "The mouse works here now");
        // Both are on their posts.
        judge(wizard);
        guard(wizard);
        Self {
            folder,
            terminal,
            wizard,
            modes,
        }
    }

    /// Does what ends the wizard; it and all that it started are gone in time.
    fn end(&mut self, act: impl FnOnce(&mut Terminal, Pid)) {
        let wizard = self.wizard;
        let before = processor_time(wizard);
        let started: Vec<Watch> = children(wizard).into_iter().map(Watch::new).collect();
        let watch = Watch::new(wizard);
        let deadline = Instant::now() + SOON;
        act(&mut self.terminal, wizard);
        assert_ends(wizard, &watch, before, deadline);
        for one in started {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(one.ends_within(left), "something it started stays");
        }
    }

    /// Back in the shell: the code, the terminal, and nothing left behind when the shell is left too.
    fn back(&mut self, code: u32) {
        let terminal = &mut self.terminal;
        terminal.press("echo code=$code.\n", &format!("code={code}."));
        let same = modes(terminal, "after");
        assert_eq!(same, self.modes, "the modes of the terminal");
        terminal.send("exit\n");
        assert_eq!(terminal.exit_code(), 0);
        // Only now: a shell that edits lines has modes of its own.
        terminal.assert_given_back();
        nobody_in(self.folder.path());
    }

    fn unexpected(&mut self) -> bool {
        // What the guard said stands before what the shell says next.
        self.terminal.press("echo later-$((6*7))\n", "later-42");
        shows(self.terminal.screen(), UNEXPECTED)
    }
}

/// All modes of the terminal while a command runs, as one word.
fn modes(terminal: &mut Terminal, when: &str) -> String {
    terminal.send(&format!("echo {when}=$(stty -g).\n"));
    let answer = |screen: &_| {
        // They are longer than a row, and the question shows before them.
        let text = crate::terminal::rows(screen).concat();
        let (_, rest) = text.rsplit_once(&format!("{when}="))?;
        let (modes, _) = rest.split_once('.')?;
        (!modes.starts_with('$')).then(|| modes.to_owned())
    };
    terminal.wait("the modes", |screen| answer(screen).is_some());
    let modes = answer(terminal.screen()).unwrap();
    assert!(modes.matches(':').count() > 10, "{modes}");
    modes
}

/// Within 2 s nobody works in this folder any more.
fn nobody_in(folder: &Path) {
    for pid in working_in(folder) {
        // It may be gone already.
        if let Some(watch) = Watch::try_new(pid) {
            assert!(watch.ends_within(SOON), "{pid:?} is left");
        }
    }
}

/// For so long the wizard does nothing.
fn rests(wizard: Pid) {
    const A_WHILE: Duration = Duration::from_millis(300);
    let before = processor_time(wizard);
    let stays = !Watch::new(wizard).ends_within(A_WHILE);
    assert!(stays, "the wizard is gone");
    let used = processor_time(wizard).saturating_sub(before);
    assert!(used < A_WHILE / 3, "{used:?} of work at rest");
}

fn q() {
    let mut scene = Scene::start();
    scene.terminal.press("q", "Leave?");
    scene.end(|terminal, _| {
        terminal.send(TAB);
        terminal.send(ENTER);
    });
    assert!(!scene.unexpected());
    scene.back(0);
}

fn ctrl_c() {
    let mut scene = Scene::start();
    scene.terminal.press(CTRL_C, "Leave?");
    scene.end(|terminal, _| _ = terminal.send(CTRL_C));
    scene.back(0);
}

fn error() {
    for (command, said) in [
        ("--profile nosuch", "nosuch"),
        ("--workspace nosuch", "nosuch"),
    ] {
        refused(&format!("{PROGRAM} {command}"), said);
    }
}

fn stdin_closed() {
    for closed in ["<&-", "</dev/null", "<&- >&-"] {
        refused(&format!("{PROGRAM} {closed}"), "needs a terminal");
    }
}

fn refused(command: &str, said: &str) {
    let folder = folder();
    let mut terminal = Terminal::start_program("sh", SIZE, folder.path(), &["-i"]);
    terminal.wait_for("shell>");
    let before = modes(&mut terminal, "before");
    let from = terminal.send(&format!("clear; {command}; echo code=$?.\n"));
    let at = terminal.wait_for("code=2.");
    assert!(at.duration_since(from) < SOON, "{command}");
    assert!(shows(terminal.screen(), said), "{:?}", terminal.rows());
    assert_eq!(modes(&mut terminal, "after"), before);
    terminal.send("exit\n");
    assert_eq!(terminal.exit_code(), 0);
    terminal.assert_given_back();
    nobody_in(folder.path());
}

/// Set where the test below is to panic.
const PANICS: &str = "PANICS_ON_ITS_TERMINAL";

/// No key makes the wizard panic, and a hidden one would be a hole: its hook and its terminal, in this program.
fn panic() {
    let folder = folder();
    let name = format!("{}::takes_the_terminal_and_panics", module_path!());
    let (_, name) = name.split_once("::").unwrap();
    let program = std::env::current_exe().unwrap();
    let args = ["--exact", name, "--nocapture", "--ignored"];
    let variables = [(PANICS, "1")];
    let program = program.to_str().unwrap();
    let mut terminal = Terminal::start_in(&variables, program, SIZE, folder.path(), &args);
    let status = terminal.end_within(SOON).expect("a panic ends the program");
    assert_eq!(status.exit_code(), 101);
    let written = String::from_utf8_lossy(&terminal.written);
    assert!(written.contains("\x1b[?1049h"), "it had the terminal");
    assert!(shows(terminal.screen(), "on purpose"), "{written}");
    terminal.assert_given_back();
}

#[test]
#[ignore = "started by the ending by a panic, on a terminal of its own"]
fn takes_the_terminal_and_panics() {
    use std::io::Write;
    if std::env::var_os(PANICS).is_none() {
        return;
    }
    product::restore_on_panic().unwrap();
    let bytes = product::enter().unwrap();
    let mut out = std::io::stdout();
    out.write_all(bytes).unwrap();
    out.write_all(product::mouse(true)).unwrap();
    out.flush().unwrap();
    panic!("on purpose");
}

fn by_signal(signal: Signal, code: u32) {
    let mut scene = Scene::start();
    scene.end(|_, wizard| kill_process(wizard, signal).unwrap());
    assert!(!scene.unexpected(), "it ended in order");
    scene.back(code);
}

/// What the wizard cannot see to: the guard does.
fn killed(signal: Signal) {
    let mut scene = Scene::start();
    scene.end(|_, wizard| kill_process(wizard, signal).unwrap());
    assert!(scene.unexpected(), "{:?}", scene.terminal.rows());
    scene.back(128 + u32::try_from(signal.as_raw()).unwrap());
}

/// In line mode a question for a secret has the terminal show nothing of what is typed.
fn killed_at_a_secret() {
    let folder = folder();
    let mut terminal = Terminal::start_program("sh", SIZE, folder.path(), &["-i"]);
    terminal.wait_for("shell>");
    let modes = modes(&mut terminal, "before");
    terminal.send(&format!(
        "clear; {PROGRAM} --plain --profile solo; code=$?\n"
    ));
    terminal.wait_for("Panel number:");
    let wizard = wizard_below(terminal.pid(), PROGRAM);
    terminal.press("search jwt secret\r", "Setting number:");
    terminal.press("1\r", "not shown while typed");
    guard(wizard);
    terminal.send("half-of-it");
    let mut scene = Scene {
        folder,
        terminal,
        wizard,
        modes,
    };
    scene.end(|_, wizard| kill_process(wizard, Signal::KILL).unwrap());
    assert!(scene.unexpected(), "{:?}", scene.terminal.rows());
    assert!(!shows(scene.terminal.screen(), "half-of-it"));
    scene.back(137);
}

/// Rust's own handler takes the first, and a fault then comes again; one that was sent must be sent again.
fn faulted() {
    let mut scene = Scene::start();
    scene.end(|_, wizard| {
        let watch = Watch::new(wizard);
        while !watch.ends_within(Duration::from_millis(10)) {
            let _ = kill_process(wizard, Signal::SEGV);
        }
    });
    assert!(scene.unexpected(), "{:?}", scene.terminal.rows());
    scene.back(139);
}

/// bash reads its lines in modes of its own, which the guard must not disturb.
fn killed_under_bash() {
    let mut scene = Scene::under("bash", &["--norc", "--noprofile", "-i"], PROGRAM);
    scene.end(|_, wizard| kill_process(wizard, Signal::KILL).unwrap());
    scene.terminal.send("\n");
    // Edited, as only a line editor does it.
    scene
        .terminal
        .press("ehco edit\x01\x1bd\x15echo edit-$((40+2))\n", "edit-42");
    scene.back(137);
}

fn stop(scene: &mut Scene) {
    scene.terminal.wait("the shell's screen", |screen| {
        !screen.alternate_screen() && shows(screen, "Stopped")
    });
    assert_eq!(modes(&mut scene.terminal, "stopped"), scene.modes);
    let screen = scene.terminal.screen();
    assert!(!screen.hide_cursor() && !screen.bracketed_paste());
}

fn stopped_and_continued() {
    let mut scene = Scene::start();
    kill_process(scene.wizard, Signal::TSTP).unwrap();
    stop(&mut scene);
    scene.terminal.send("fg; code=$?\n");
    scene.terminal.wait("the wizard's screen", |screen| {
        screen.alternate_screen() && shows(screen, "▸ Worker threads")
    });
    rests(scene.wizard);
    scene.end(|_, wizard| kill_process(wizard, Signal::KILL).unwrap());
    assert!(scene.unexpected(), "the guard knows that it is held again");
    scene.back(137);
}

/// While it is stopped the terminal is the shell's, and the guard has no business there.
fn killed_while_stopped() {
    let mut scene = Scene::start();
    scene.terminal.send(CTRL_Z);
    stop(&mut scene);
    scene.end(|_, wizard| kill_process(wizard, Signal::KILL).unwrap());
    assert!(!scene.unexpected(), "{:?}", scene.terminal.rows());
    let modes = modes(&mut scene.terminal, "after");
    assert_eq!(modes, scene.modes);
    scene.terminal.send("exit\n");
    scene.terminal.exit_code();
    scene.terminal.assert_given_back();
    nobody_in(scene.folder.path());
}

fn terminal_gone() {
    gone(Scene::start());
}

/// A session of its own: the kernel has nobody to send SIGHUP to.
fn terminal_gone_without_a_signal() {
    gone(Scene::under(
        "sh",
        &["-i"],
        &format!("setsid --wait {PROGRAM}"),
    ));
}

fn gone(mut scene: Scene) {
    let other = folder();
    let idle = Terminal::start_program("true", SIZE, other.path(), &[] as &[&str]);
    scene.end(|terminal, _| {
        let terminal = std::mem::replace(terminal, idle);
        drop(terminal.close());
    });
    nobody_in(scene.folder.path());
}

/// The terminal takes nothing more, and a frame is on its way.
fn stop_the_terminal(scene: &mut Scene) {
    tcflow(scene.terminal.tty(), Action::OOff).unwrap();
    while scene.terminal.listen(Duration::from_millis(1)) > 0 {}
    for _ in 0..5 {
        scene.terminal.send(CTRL_L);
        assert_eq!(scene.terminal.listen(Duration::from_millis(5)), 0);
    }
    rests(scene.wizard);
}

fn stopped_then_terminated() {
    let mut scene = Scene::start();
    stop_the_terminal(&mut scene);
    scene.end(|_, wizard| kill_process(wizard, Signal::TERM).unwrap());
    assert!(!scene.unexpected());
    scene.back(143);
}

/// Its first frame never arrives; it can be ended all the same.
fn stopped_before_the_start() {
    let folder = folder();
    let mut terminal = Terminal::start_program("sh", SIZE, folder.path(), &["-i"]);
    terminal.wait_for("shell>");
    let modes = modes(&mut terminal, "before");
    terminal.drain(Duration::from_millis(50));
    let tty = terminal.tty();
    tcflow(&tty, Action::OOff).unwrap();
    terminal.send(&format!("{PROGRAM} --profile enterprise; code=$?\n"));
    let wizard = wizard_below(terminal.pid(), PROGRAM);
    let from = Instant::now();
    while tcgetattr(&tty)
        .unwrap()
        .local_modes
        .contains(LocalModes::ICANON)
    {
        assert!(from.elapsed() < SOON, "it does not take the terminal");
        std::thread::yield_now();
    }
    // As long as somebody has it open, its end is not seen.
    drop(tty);
    let mut scene = Scene {
        folder,
        terminal,
        wizard,
        modes,
    };
    scene.end(|_, wizard| kill_process(wizard, Signal::TERM).unwrap());
    scene.back(143);
}

fn stopped_then_killed() {
    let mut scene = Scene::start();
    stop_the_terminal(&mut scene);
    scene.end(|_, wizard| kill_process(wizard, Signal::KILL).unwrap());
    assert!(scene.unexpected());
    scene.back(137);
}

/// No ending for the wizard: it goes on, and judges again at the next input.
fn judge_killed(signal: Signal) {
    let mut scene = Scene::start();
    let before = judge(scene.wizard);
    let watch = Watch::new(before);
    kill_process(before, signal).unwrap();
    assert!(watch.ends_within(SOON));
    rests(scene.wizard);
    scene.terminal.press(ENTER, "[");
    scene.terminal.press("0000000", "not yet");
    assert_ne!(judge(scene.wizard), before);
    scene.end(|_, wizard| kill_process(wizard, Signal::TERM).unwrap());
    scene.back(143);
}

/// Ends the guard and waits for the one that takes its place.
fn replace_guard(wizard: Pid) {
    let before = guard(wizard);
    let watch = Watch::new(before);
    kill_process(before, Signal::KILL).unwrap();
    assert!(watch.ends_within(SOON));
    let after = guard(wizard);
    assert_ne!(after, before);
}

fn guard_killed() {
    let mut scene = Scene::start();
    replace_guard(scene.wizard);
    rests(scene.wizard);
    scene.end(|_, wizard| kill_process(wizard, Signal::KILL).unwrap());
    assert!(scene.unexpected(), "the second guard does as the first");
    scene.back(137);
}

/// Whatever ends them all does not keep the wizard busy.
fn every_guard_killed() {
    let mut scene = Scene::start();
    for _ in 0..3 {
        replace_guard(scene.wizard);
    }
    kill_process(guard(scene.wizard), Signal::KILL).unwrap();
    rests(scene.wizard);
    assert_eq!(children(scene.wizard), [judge(scene.wizard)]);
    scene.end(|_, wizard| kill_process(wizard, Signal::TERM).unwrap());
    scene.back(143);
}
