//! The child: answers requests until its input ends. It is handed every text and opens no file.
//! `serve` is a plain function of two pipes, so that tests run it on a thread.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Read, Write};

use nickel_lang_core::eval::VirtualMachine;
use nickel_lang_core::eval::value::NickelValue;
use rustix::process::{Resource, Rlimit, setrlimit};

use super::describe::describe;
use super::engine::{self, Context, Machine};
use super::finding;
use super::held::Held;
use super::imports::Imports;
use super::plain;
use super::protocol::{
    Description, Finding, JudgedLeaf, Request, Response, SourceText, Weight, receive, send,
};
use super::rules::{self, Rule};
use super::shape;
use super::texts::{ENTRY, is_profile};
use super::walk::Walk;

/// Nickel recurses on the nesting of values: about 5 KB a level.
pub const STACK_BYTES: usize = 64 << 20;

/// Address space of the child, in bytes.
const MEMORY: u64 = 1 << 30;

/// Serves on stdin and stdout, on a thread with a deep stack, with little memory and no files.
///
/// # Errors
/// When the parent breaks off inside a message, the limits are refused, or the thread cannot be started.
pub fn serve_stdio() -> io::Result<()> {
    limit()?;
    let thread = std::thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(|| serve(&mut io::stdin().lock(), &mut io::stdout().lock()))?;
    thread
        .join()
        .map_err(|_| io::Error::other("the evaluator panicked"))?
}

/// Limits this process: a profile may run wild, and need not see this machine. No more descriptors than stdin,
/// stdout and stderr means that nothing can be opened.
fn limit() -> io::Result<()> {
    for (resource, most) in [
        (Resource::As, MEMORY),
        (Resource::Nofile, 3),
        (Resource::Core, 0),
    ] {
        let most = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        setrlimit(resource, most)?;
    }
    Ok(())
}

/// Answers requests until `reader` ends.
///
/// # Errors
/// When a message is broken off or is none.
pub fn serve(reader: &mut dyn Read, writer: &mut dyn Write) -> io::Result<()> {
    let mut texts = match receive(reader)? {
        Some(Request::Load { texts }) => texts,
        Some(Request::Read { text }) => return plain::serve(reader, writer, &text),
        Some(_) => return Err(io::Error::other("the first request must be a load")),
        None => return Ok(()),
    };
    loop {
        let mut context = engine::context();
        let loaded = Loaded::from_texts(&mut context, &texts);
        let mut machine = VirtualMachine::new(&mut context);
        let mut evaluator = Evaluator::new(&mut machine, loaded);
        send(
            writer,
            &Response::Loaded {
                findings: evaluator.findings.clone(),
            },
        )?;
        texts = match evaluator.answer(reader, writer)? {
            Some(texts) => texts,
            None => return Ok(()),
        };
    }
}

/// The compiled texts, before the machine takes hold of the context.
struct Loaded {
    entry: Option<NickelValue>,
    profiles: BTreeMap<String, Result<NickelValue, Vec<Finding>>>,
    findings: Vec<Finding>,
}

impl Loaded {
    fn from_texts(context: &mut Context, texts: &[SourceText]) -> Self {
        // Shipped texts are type-checked by a test; a workspace's own always are.
        let own_schema = texts.iter().any(|t| !t.shipped && !is_profile(&t.name));
        let mut imports = Imports::default();
        for text in texts {
            imports.add(&text.name, engine::add(context, &text.name, &text.text));
        }
        // Shipped texts import only each other.
        let all_shipped = texts.iter().all(|text| text.shipped);
        let mut loaded = Self {
            entry: None,
            profiles: BTreeMap::new(),
            findings: Vec::new(),
        };
        for text in texts {
            let Some(id) = imports.id(&text.name) else {
                continue;
            };
            let faults = if all_shipped {
                Vec::new()
            } else {
                imports.faults(context, &text.name)
            };
            if !faults.is_empty() {
                if is_profile(&text.name) {
                    loaded.profiles.insert(text.name.clone(), Err(faults));
                } else {
                    loaded.findings.extend(faults);
                }
            } else if text.name == ENTRY {
                match engine::prepare(context, id, own_schema) {
                    Ok(entry) => loaded.entry = Some(entry),
                    Err(error) => loaded
                        .findings
                        .extend(finding::from_loading(context, error)),
                }
            } else if is_profile(&text.name) {
                let profile = engine::prepare(context, id, !text.shipped)
                    .map_err(|error| finding::from_loading(context, error));
                loaded.profiles.insert(text.name.clone(), profile);
            }
        }
        loaded
    }
}

struct Evaluator<'m, 'c> {
    machine: &'m mut Machine<'c>,
    /// The contract of the whole configuration.
    config: Option<NickelValue>,
    description: Description,
    positions: HashMap<String, usize>,
    /// What counts of each, and what is wrong with it.
    profiles: BTreeMap<String, (Option<NickelValue>, Vec<Finding>)>,
    errors: Vec<Rule>,
    warnings: Vec<Rule>,
    held: Held,
    findings: Vec<Finding>,
}

impl<'m, 'c> Evaluator<'m, 'c> {
    fn new(machine: &'m mut Machine<'c>, loaded: Loaded) -> Self {
        let Loaded {
            entry,
            profiles,
            mut findings,
        } = loaded;
        let mut description = Description::default();
        let (mut errors, mut warnings) = (Vec::new(), Vec::new());
        if let Some(entry) = &entry {
            description = describe(machine, entry);
            errors = rules::read(machine, entry, "errors", Weight::Error, &mut findings);
            warnings = rules::read(machine, entry, "warnings", Weight::Warning, &mut findings);
        }
        let positions = description
            .fields
            .iter()
            .enumerate()
            .map(|(i, field)| (field.path.clone(), i))
            .collect();
        let settings: Vec<_> = description.fields.iter().map(|f| f.path.as_str()).collect();
        let profiles = profiles
            .into_iter()
            .map(|(name, profile)| {
                let fitted = match profile {
                    // Without a schema nothing is known of its settings.
                    Ok(profile) if settings.is_empty() => (Some(profile), Vec::new()),
                    Ok(profile) => shape::fit(machine, &profile, &name, &settings),
                    Err(faults) => (None, faults),
                };
                (name, fitted)
            })
            .collect();
        Self {
            machine,
            config: entry.map(|entry| engine::access(entry, "Config")),
            description,
            positions,
            profiles,
            errors,
            warnings,
            held: Held::default(),
            findings,
        }
    }

    fn answer(
        &mut self,
        reader: &mut dyn Read,
        writer: &mut dyn Write,
    ) -> io::Result<Option<Vec<SourceText>>> {
        loop {
            match receive(reader)? {
                None => return Ok(None),
                Some(Request::Load { texts }) => return Ok(Some(texts)),
                Some(Request::Read { .. } | Request::Texts { .. }) => {
                    return Err(io::Error::other("a child that judges reads no files"));
                }
                Some(Request::Describe) => {
                    send(writer, &Response::Described(self.description.clone()))?;
                }
                Some(Request::Evaluate {
                    ticket,
                    profile,
                    overlay,
                }) => {
                    let (leaves, findings) = self.evaluate(profile.as_deref(), overlay);
                    send(
                        writer,
                        &Response::Evaluated {
                            ticket,
                            leaves,
                            findings,
                        },
                    )?;
                }
            }
        }
    }

    fn evaluate(
        &mut self,
        profile: Option<&str>,
        values: Vec<(String, serde_json::Value)>,
    ) -> (Vec<JudgedLeaf>, Vec<Finding>) {
        let mut leaves = vec![JudgedLeaf::default(); self.description.fields.len()];
        let Some(contract) = self.config.clone() else {
            return (leaves, self.findings.clone());
        };
        let mut findings = Vec::new();
        let overlay = engine::overlay(values);
        let merged = match profile.map(|name| (name, self.profiles.get(name))) {
            None => overlay,
            Some((_, Some((profile, faults)))) => {
                findings.extend(faults.iter().cloned());
                match profile {
                    Some(profile) => engine::merge(profile.clone(), overlay),
                    None => overlay,
                }
            }
            Some((name, None)) => {
                let message = format!("There is no profile text {name}.");
                findings.push(finding::plain(Weight::Error, message));
                overlay
            }
        };
        let whole = engine::apply_contract(merged, contract);
        match self.machine.eval(whole) {
            Ok(whole) => {
                self.held.under(profile);
                let mut walk = Walk {
                    findings,
                    held: std::mem::take(&mut self.held),
                    ..Walk::default()
                };
                walk.whole(self.machine, whole);
                self.held = walk.held;
                findings = walk.findings;
                let values = walk.leaves.iter().filter_map(|leaf| {
                    let value = leaf.value.as_ref()?;
                    Some((leaf.path.as_str(), value))
                });
                let values = values.collect();
                for rules in [&mut self.errors, &mut self.warnings] {
                    rules::ask(self.machine, rules, &values, &mut findings);
                }
                for leaf in walk.leaves {
                    if let Some(position) = self.positions.get(&leaf.path) {
                        leaves[*position] = JudgedLeaf {
                            value: leaf.value,
                            set_by: leaf.layer,
                        };
                    }
                }
            }
            Err(error) => {
                self.machine.reset();
                let mut fault = finding::from_evaluation(self.machine, "", &error);
                fault.path = None;
                findings.push(fault);
            }
        }
        (leaves, findings)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;

    const SCHEMA: &str = r#"
let validator = fun check => %contract/custom% (fun _label value =>
  let r = check value in if r == 'Ok then 'Ok value else r) in
let Port = validator (fun v =>
  if !(std.is_number v) then 'Error { message = "not a number", notes = ["Use a number."] }
  else if v < 1024 then 'Error { message = "%{std.to_string v} is below 1024.", notes = ["Use 1024 to 65535."] }
  else 'Ok) in
{
  version = "1", renamed = { "backend.prt" = "backend.port" },
  ranges = { "backend.port" = { kind = "integer", min = 1024 }, "backend.key" = { kind = "secret" },
    "backend.tls.on" = { kind = "bool" }, "backend.tls.cert" = { kind = "text" } },
  Config = {
    backend | {
      port | Port | doc "Port." | default = 8001,
      key | String | doc "Key.",
      tls | { on | Bool | doc "On." | default = false, cert | String | doc "Cert." | default = "" } | default = {},
    } | default = {},
  },
  errors = [{ path = "backend.tls.cert", reads = ["backend.tls.on", "backend.tls.cert", "backend.port"], open = true,
    holds = fun c => !c.backend.tls.on || c.backend.tls.cert != "",
    message = fun c => "TLS is on.", hint = fun c => "Port %{std.to_string c.backend.port}." }],
  warnings = [{ path = "backend.port", reads = ["backend.port"], holds = fun c => c.backend.port != 9999,
    message = fun c => "odd", hint = fun c => "" }],
}"#;

    fn ask(profile: &str, overlays: &[Json]) -> Vec<Response> {
        let text = |name: &str, text: &str| SourceText {
            name: name.into(),
            text: text.into(),
            shipped: false,
        };
        let mut wire = Vec::new();
        let texts = vec![text(ENTRY, SCHEMA), text("profiles/p.ncl", profile)];
        send(&mut wire, &Request::Load { texts }).unwrap();
        send(&mut wire, &Request::Describe).unwrap();
        for (i, overlay) in overlays.iter().enumerate() {
            let overlay = overlay
                .as_object()
                .unwrap()
                .iter()
                .map(|(path, value)| (path.clone(), value.clone()))
                .collect();
            let request = Request::Evaluate {
                ticket: i as u64,
                profile: Some("profiles/p.ncl".into()),
                overlay,
            };
            send(&mut wire, &request).unwrap();
        }
        std::thread::Builder::new()
            .stack_size(STACK_BYTES)
            .spawn(move || {
                let mut out = Vec::new();
                serve(&mut wire.as_slice(), &mut out).unwrap();
                let mut out = out.as_slice();
                std::iter::from_fn(|| receive(&mut out).unwrap()).collect()
            })
            .unwrap()
            .join()
            .unwrap()
    }

    fn brief(response: &Response) -> Vec<String> {
        match response {
            Response::Evaluated {
                leaves, findings, ..
            } => leaves
                .iter()
                .map(|leaf| {
                    format!(
                        "{} {:?}",
                        leaf.value.clone().unwrap_or_default(),
                        leaf.set_by
                    )
                })
                .chain(findings.iter().map(|f| {
                    format!(
                        "{:?} {} {} {}",
                        f.weight,
                        f.path.as_deref().unwrap_or("-"),
                        f.message,
                        f.hint.as_deref().unwrap_or("-")
                    )
                }))
                .collect(),
            other => vec![format!("{other:?}")],
        }
    }

    #[test]
    fn layers_faults_and_rules_are_told_apart() {
        let answers = ask(
            r"{ backend = { port | priority -1 = 8002, tls.on | force = true } }",
            &[
                json!({}),
                json!({"backend.port": 80, "backend.key": "k", "backend.tls.on": false}),
                json!({"backend.port": 9999, "backend.key": 3, "backend.tls.cert": "c"}),
            ],
        );
        let Response::Described(description) = &answers[1] else {
            panic!("{answers:?}");
        };
        let paths: Vec<_> = description
            .fields
            .iter()
            .map(|f| format!("{} {} {:?}", f.path, f.doc, f.default))
            .collect();
        assert_eq!(
            paths,
            [
                "backend.port Port. Some(Number(8001))",
                "backend.key Key. None",
                "backend.tls.on On. Some(Bool(false))",
                "backend.tls.cert Cert. Some(String(\"\"))",
            ]
        );
        assert_eq!(
            brief(&answers[2]),
            [
                "8002 Some(Profile)",
                "null None",
                "true Some(Forced)",
                "\"\" Some(Schema)",
                "Open backend.key It needs an answer. -",
                "Open backend.tls.cert TLS is on. Port 8002.",
            ]
        );
        assert_eq!(
            brief(&answers[3]),
            [
                "80 Some(Overlay)",
                "\"k\" Some(Overlay)",
                "true Some(Forced)",
                "\"\" Some(Schema)",
                "Error backend.port 80 is below 1024. Use 1024 to 65535.",
            ]
        );
        assert_eq!(
            brief(&answers[4])[4..],
            [
                "Error backend.key It is not what the schema asks for: String. -",
                "Warning backend.port odd -"
            ]
        );
    }

    #[test]
    fn a_profile_that_is_wrong_says_where() {
        for (profile, expected) in [
            ("{ backend = \n { port = } }", "Error - Unexpected token. -"),
            (
                "{ backend | priority -1 = { port = 1 } }",
                "Error backend The profile gives the whole section backend a priority. Write priorities on single values, for example `port | priority -1 = 8001`.",
            ),
        ] {
            let answers = ask(profile, &[json!({})]);
            let said = brief(&answers[2]);
            assert!(said.contains(&expected.to_owned()), "{said:#?}");
        }
    }
}
