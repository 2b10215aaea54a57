//! A real SSH line that drops while something is typed: OpenSSH on loopback, with keys and a configuration of its own,
//! behind a proxy that closes (noisy) or stops copying (silent). Needs `sshd`, `ssh` and `ssh-keygen`.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::counts;
use crate::line::Line;
use crate::process::{
    Watch, assert_ends, children, guard, judge, parent, processor_time, working_in,
};
use crate::steps::{SIZE, SOON, folder, give_port, go_to_port};
use crate::terminal::{DOWN, PROGRAM, Terminal};

/// With this `ClientAliveInterval` and one silent answer allowed, sshd gives a silent line up within that.
const ALIVE: Duration = Duration::from_secs(1);
const GIVEN_UP: Duration = Duration::from_secs(10);

/// `PROOF_COUNTS=full cargo test --test proof -- --ignored ssh_lines_that_drop --nocapture`
#[test]
#[ignore = "needs OpenSSH"]
fn ssh_lines_that_drop() {
    let count = counts::of(4, 20);
    let asks = Server::start(ALIVE);
    let never_asks = Server::start(Duration::ZERO);
    for round in 0..count {
        let from = Instant::now();
        let how = match round % 4 {
            0 => noisy(&asks, "noisy"),
            1 => silent_and_given_up(&asks),
            2 => noisy(&never_asks, "noisy, ClientAliveInterval 0"),
            _ => silent_for_ever(&never_asks),
        };
        println!("{} of {count}: {how}, {:.1?}", round + 1, from.elapsed());
    }
}

/// The line closes: the session ends, and the wizard with it.
fn noisy(server: &Server, how: &'static str) -> &'static str {
    let session = Session::start(server);
    session.line.close();
    session.all_gone_within(SOON);
    next_login_offers(server, &session, None);
    how
}

/// Nothing comes through any more, until sshd notices.
fn silent_and_given_up(server: &Server) -> &'static str {
    let session = Session::start(server);
    session.line.fall_silent();
    let given_up = session.sshd.ends_within(GIVEN_UP);
    assert!(given_up, "sshd does not notice");
    session.all_gone_within(SOON);
    next_login_offers(server, &session, None);
    "silent, given up by sshd"
}

/// Nothing comes through any more, and nobody notices: the wizard waits, and does nothing meanwhile.
fn silent_for_ever(server: &Server) -> &'static str {
    const A_WHILE: Duration = Duration::from_secs(2);
    let session = Session::start(server);
    session.line.fall_silent();
    let holder = session.wizard;
    let before = processor_time(holder);
    let watch = Watch::new(holder);
    assert!(!watch.ends_within(A_WHILE), "nobody told it to end");
    let used = processor_time(holder).saturating_sub(before);
    assert!(used < A_WHILE / 20, "{used:?} of work on a silent line");
    next_login_offers(server, &session, Some(holder));
    // In the end the network does tell.
    session.line.close();
    session.all_gone_within(SOON);
    "silent, ClientAliveInterval 0"
}

/// The next login, and what the wizard started there says of the session that was lost: it offers its draft, or to take
/// over from the holder that still lives.
fn next_login_offers(server: &Server, lost: &Session, holder: Option<Pid>) {
    let mut login = Login::start(server, lost.folder.path());
    login.terminal.send(&wizard_command());
    let offer = if holder.is_some() {
        "[ Take over ]"
    } else {
        "[ Resume ]"
    };
    login.terminal.wait_for(offer);
    if let Some(holder) = holder {
        assert!(Watch::try_new(holder).is_some(), "the holder still lives");
    }
    let wizard = login.newest_wizard();
    let watch = Watch::new(wizard);
    let started = Watch::new(guard(wizard));
    kill_process(wizard, Signal::TERM).unwrap();
    assert!(watch.ends_within(SOON), "the second wizard stays");
    assert!(started.ends_within(SOON), "the second guard stays");
    login.terminal.send("exit\n");
    login.terminal.exit_code();
}

fn wizard_command() -> String {
    format!("clear; {PROGRAM} --profile enterprise\n")
}

/// A login shell behind a line.
struct Login {
    line: Line,
    terminal: Terminal,
    /// The shell at the other end.
    shell: Pid,
}

impl Login {
    fn start(server: &Server, home: &Path) -> Self {
        let line = Line::to(server.port);
        let before = working_in(home);
        let shell = format!(
            "cd {home} && exec env -i HOME={home} PATH=/usr/bin:/bin TERM=xterm-256color LANG=C.UTF-8 \
             PS1='shell> ' sh -i",
            home = home.display()
        );
        let port = line.port().to_string();
        let key = server.file("user").display().to_string();
        let args = [
            "-tt",
            "-F",
            "none",
            "-i",
            &key,
            "-p",
            &port,
            "-o",
            "StrictHostKeyChecking=no",
            "-o",
            "UserKnownHostsFile=/dev/null",
            "-o",
            "LogLevel=ERROR",
            "-o",
            "IdentitiesOnly=yes",
            "-o",
            "ControlMaster=no",
            "127.0.0.1",
            &shell,
        ];
        // Not in the folder: that is where the processes at the other end are looked for.
        let mut terminal = Terminal::start_program("ssh", SIZE, Path::new("/"), &args);
        terminal.wait_for("shell>");
        let new = |pid: &Pid| !before.contains(pid);
        let shell = working_in(home).into_iter().find(new).unwrap();
        Self {
            line,
            terminal,
            shell,
        }
    }

    fn newest_wizard(&self) -> Pid {
        crate::process::wizard_below(self.shell, PROGRAM)
    }
}

/// A wizard at the other end, with an answer kept and a value being typed.
struct Session {
    folder: TempDir,
    line: Line,
    /// Kept: its end would close the line.
    _terminal: Terminal,
    wizard: Pid,
    /// The part of sshd that serves this session.
    sshd: Watch,
    /// The wizard first, then what it started, then its shell.
    all: Vec<(Pid, Watch)>,
}

impl Session {
    fn start(server: &Server) -> Self {
        let folder = folder();
        let mut login = Login::start(server, folder.path());
        login.terminal.send(&wizard_command());
        login.terminal.wait_for("✗0");
        let wizard = login.newest_wizard();
        go_to_port(&mut login.terminal);
        give_port(&mut login.terminal, "9001");
        login.terminal.press(DOWN, "▸ Worker threads");
        login.terminal.press("\r", "[");
        login.terminal.send("1");
        judge(wizard);
        guard(wizard);
        let started = children(wizard);
        assert_eq!(started.len(), 2);
        let pids = [wizard].into_iter().chain(started).chain([login.shell]);
        let all = pids.map(|pid| (pid, Watch::new(pid))).collect();
        Self {
            folder,
            line: login.line,
            _terminal: login.terminal,
            wizard,
            sshd: Watch::new(parent(login.shell).unwrap()),
            all,
        }
    }

    /// The wizard, its processes and its shell end, and none of them spins on the way.
    fn all_gone_within(&self, limit: Duration) {
        let deadline = Instant::now() + limit;
        let (wizard, watch) = &self.all[0];
        assert_ends(*wizard, watch, processor_time(*wizard), deadline);
        for (pid, watch) in &self.all {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(watch.ends_within(left), "{pid:?} stays");
        }
        assert!(working_in(self.folder.path()).is_empty());
    }
}

/// sshd with nothing of this machine's configuration. Dropping it ends it.
struct Server {
    files: TempDir,
    port: u16,
    sshd: Child,
}

impl Server {
    fn start(alive: Duration) -> Self {
        let files = folder();
        for name in ["host", "user"] {
            run(
                "ssh-keygen",
                &["-q", "-t", "ed25519", "-N", "", "-f"],
                &files.path().join(name),
            );
        }
        fs::copy(files.path().join("user.pub"), files.path().join("allowed")).unwrap();
        // Where sshd of a root without rights goes; packages make it at boot.
        if rustix::process::geteuid().is_root() && !Path::new("/run/sshd").exists() {
            fs::create_dir("/run/sshd").unwrap();
            fs::set_permissions("/run/sshd", fs::Permissions::from_mode(0o755)).unwrap();
        }
        let port = free_port();
        let folder = files.path().display();
        let config = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/allowed\n\
             PidFile none\nUsePAM no\nStrictModes no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n\
             PermitRootLogin prohibit-password\nPrintMotd no\nPrintLastLog no\nClientAliveCountMax 1\n\
             ClientAliveInterval {}\n",
            alive.as_secs()
        );
        let name = files.path().join("sshd_config");
        fs::write(&name, config).unwrap();
        let program = sshd();
        let mut sshd = Command::new(&program)
            .args(["-D", "-e", "-f"])
            .arg(&name)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        let mut said = BufReader::new(sshd.stderr.take().unwrap()).lines();
        let mut before = String::new();
        loop {
            let line = said
                .next()
                .unwrap_or_else(|| panic!("sshd ended: {before}"));
            before = line.unwrap();
            if before.contains("listening") {
                break;
            }
        }
        // Whatever it says later is nobody's business, but the pipe must not fill.
        std::thread::spawn(move || said.for_each(drop));
        Self { files, port, sshd }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.files.path().join(name)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.sshd.kill();
        let _ = self.sshd.wait();
    }
}

/// It insists on being called by its whole path.
fn sshd() -> PathBuf {
    ["/usr/sbin/sshd", "/usr/local/sbin/sshd", "/usr/bin/sshd"]
        .into_iter()
        .map(PathBuf::from)
        .find(|path| path.exists())
        .expect("sshd is not installed: apt-get install openssh-server openssh-client")
}

fn run(program: &str, args: &[&str], last: &Path) {
    let done = Command::new(program)
        .args(args)
        .arg(last)
        .status()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(done.success(), "{program}");
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    // Nobody answers there yet.
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
    port
}
