//! The names a certificate is proposed for: those under which the configuration itself is reached.

use std::net::IpAddr;

use super::names;
use crate::config::Config;
use crate::value::Value;

/// The address that callers are given, then the host that is listened on.
const NAMED: [&str; 2] = ["frontend.api_url", "backend.host"];

/// Names and addresses found in the configuration, `localhost` where none is found. What listens everywhere names none.
#[must_use]
pub fn names_in(config: &Config) -> Vec<String> {
    let found = NAMED.iter().filter_map(|path| match config.value(path)? {
        Value::Text(text) => host(text),
        _ => None,
    });
    let mut names: Vec<String> = Vec::new();
    for name in found {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() {
        names.push("localhost".to_owned());
    }
    names
}

/// The host of an address, or of a bare host, when a certificate can name it.
fn host(text: &str) -> Option<String> {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let host = match host.strip_prefix('[') {
        Some(address) => address.split_once(']')?.0,
        // A bare IPv6 address has several colons, a port only one.
        None if host.matches(':').count() == 1 => host.split_once(':')?.0,
        None => host,
    };
    if host
        .parse::<IpAddr>()
        .is_ok_and(|address| address.is_unspecified())
    {
        return None;
    }
    let [name] = <[String; 1]>::try_from(names(host).ok()?).ok()?;
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_found_in_addresses() {
        for (text, expected) in [
            ("https://vapora.eu.acme", Some("vapora.eu.acme")),
            ("http://Localhost:8001/api?x=y", Some("localhost")),
            ("https://u:p@a.b:1", Some("a.b")),
            ("http://[::1]:8001", Some("::1")),
            ("127.0.0.1", Some("127.0.0.1")),
            ("::1", Some("::1")),
            ("0.0.0.0", None),
            ("::", None),
            ("https://", None),
            ("", None),
            ("https://a b", None),
        ] {
            assert_eq!(host(text).as_deref(), expected, "{text}");
        }
    }
}
