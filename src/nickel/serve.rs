//! The child: answers requests until its input ends. It is handed every text and opens no file.
//! `serve` is a plain function of two pipes, so that tests run it on a thread.

use std::io::{self, Read, Write};

use nickel_lang_core::eval::VirtualMachine;

use super::engine::{self, Machine};
use super::evaluator::Evaluator;
use super::protocol::{Confinement, Request, Response, SourceText, receive, send};
use super::{confine, plain};

/// Nickel recurses on the nesting of values: about 5 KB a level.
pub const STACK_BYTES: usize = 64 << 20;

/// Serves on stdin and stdout, on a thread with a deep stack, with little memory and no files.
///
/// # Errors
/// When the parent breaks off inside a message, the limits are refused, or the thread cannot be started.
pub fn serve_stdio() -> io::Result<()> {
    let confined = confine::confine()?;
    let thread = std::thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(move || {
            confine::alone()?;
            serve_as(confined, &mut io::stdin().lock(), &mut io::stdout().lock())
        })?;
    thread
        .join()
        .map_err(|_| io::Error::other("the evaluator panicked"))?
}

/// Answers requests until `reader` ends, and says of itself that nothing confines it.
///
/// # Errors
/// When a message is broken off or is none.
pub fn serve(reader: &mut dyn Read, writer: &mut dyn Write) -> io::Result<()> {
    serve_as(Confinement::No, reader, writer)
}

fn serve_as(
    confined: Confinement,
    reader: &mut dyn Read,
    writer: &mut dyn Write,
) -> io::Result<()> {
    let mut texts = match receive(reader)? {
        Some(Request::Load { texts }) => texts,
        Some(Request::Read { text }) => return plain::serve(reader, writer, &text),
        Some(_) => return Err(io::Error::other("the first request must be a load")),
        None => return Ok(()),
    };
    loop {
        texts = match judge(confined, &texts, reader, writer)? {
            Some(texts) => texts,
            None => return Ok(()),
        };
    }
}

/// Judges by these texts until others are to be loaded.
fn judge(
    confined: Confinement,
    texts: &[SourceText],
    reader: &mut dyn Read,
    writer: &mut dyn Write,
) -> io::Result<Option<Vec<SourceText>>> {
    let mut context = engine::context();
    let mut evaluator = Evaluator::load(&mut context, texts);
    let mut machine = VirtualMachine::new(&mut context);
    evaluator.describe(&mut machine);
    let findings = evaluator.findings.clone();
    send(writer, &Response::Loaded { findings, confined })?;
    let mut pause = answer(&mut evaluator, &mut machine, None, reader, writer)?;
    loop {
        let asked = match pause {
            Pause::End => return Ok(None),
            Pause::Load(texts) => return Ok(Some(texts)),
            Pause::Compile(asked) => asked,
        };
        // Compiling needs the context, which the machine holds.
        drop(machine);
        evaluator.prepare(&mut context, asked.profile.as_deref().unwrap_or_default());
        machine = VirtualMachine::new(&mut context);
        evaluator.fit(&mut machine);
        pause = answer(&mut evaluator, &mut machine, Some(asked), reader, writer)?;
    }
}

enum Pause {
    End,
    Load(Vec<SourceText>),
    /// A profile must be compiled before this can be answered.
    Compile(Asked),
}

struct Asked {
    ticket: u64,
    profile: Option<String>,
    overlay: Vec<(String, serde_json::Value)>,
}

fn answer(
    evaluator: &mut Evaluator,
    machine: &mut Machine,
    first: Option<Asked>,
    reader: &mut dyn Read,
    writer: &mut dyn Write,
) -> io::Result<Pause> {
    let mut next = first;
    loop {
        if let Some(Asked {
            ticket,
            profile,
            overlay,
        }) = next.take()
        {
            let (leaves, findings) = evaluator.evaluate(machine, profile.as_deref(), overlay);
            send(
                writer,
                &Response::Evaluated {
                    ticket,
                    leaves,
                    findings,
                },
            )?;
        }
        match receive(reader)? {
            None => return Ok(Pause::End),
            Some(Request::Load { texts }) => return Ok(Pause::Load(texts)),
            Some(Request::Describe) => {
                send(writer, &Response::Described(evaluator.description.clone()))?;
            }
            Some(Request::Evaluate {
                ticket,
                profile,
                overlay,
            }) => {
                let ready = evaluator.ready(profile.as_deref());
                let asked = Asked {
                    ticket,
                    profile,
                    overlay,
                };
                if !ready {
                    return Ok(Pause::Compile(asked));
                }
                next = Some(asked);
            }
            Some(Request::Read { .. } | Request::Texts { .. }) => {
                return Err(io::Error::other("a child that judges reads no files"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::super::texts::ENTRY;
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
                "Error backend.key It is not a text, as String asks for. Write it in quotes, for example \"0.0.0.0\".",
                "Warning backend.port odd -"
            ]
        );
    }

    #[test]
    fn a_profile_that_is_wrong_says_where() {
        for (profile, expected) in [
            (
                "{ backend = \n { port = } }",
                "Error - A value is missing before `}`. Write it behind the =, for example port = 8001.",
            ),
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
