//! A self-signed certificate with its key: what it may say, and making it. Nobody but who knows it trusts it.
//! Leaves to others: writing both (`files`), the names that are proposed (`hosts`).

use std::net::IpAddr;
use std::ops::RangeInclusive;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rcgen::{
    CertificateParams, DnType, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose, date_time_ymd,
};

use crate::clean;
use crate::problem::Problem;
use crate::secret::Secret;
use crate::store;

/// How long one may hold. Clients of several makers refuse one that holds longer.
pub const DAYS: RangeInclusive<u32> = 1..=825;

const MOST_NAMES: usize = 50;

/// A host's name may be no longer; nor may a part of it.
const LONGEST_NAME: usize = 253;
const LONGEST_LABEL: usize = 63;

const DAY: u64 = 24 * 60 * 60;

/// A certificate and its key, on no disk yet.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// PEM.
    pub certificate: String,
    /// PEM, PKCS #8.
    pub key: Secret,
    pub names: Vec<String>,
    pub days: u32,
    /// The last moment it holds: `2027-11-22 10:02:03 UTC`.
    pub until: String,
}

/// Reads names separated by commas or blanks: host names, `*.` before one, or IP addresses. Each counts once.
///
/// # Errors
/// A problem that quotes the first that is no name, or says that there is none, or too many.
pub fn names(typed: &str) -> Result<Vec<String>, Problem> {
    const HINT: &str =
        "Give host names or IP addresses, with commas between, for example localhost, 127.0.0.1.";
    let mut names: Vec<String> = Vec::new();
    let words = typed.split(|c: char| c == ',' || c.is_whitespace());
    for word in words.filter(|word| !word.is_empty()) {
        let name = word.to_ascii_lowercase();
        if name.parse::<IpAddr>().is_err() && !is_host(&name) {
            let shown: String = clean::line(word).chars().take(80).collect();
            let message = format!("{shown} is neither a host name nor an IP address.");
            return Err(Problem::error(message).hint(HINT));
        }
        if !names.contains(&name) {
            names.push(name);
        }
    }
    match names.len() {
        0 => Err(Problem::error("It is for no name.").hint(HINT)),
        1..=MOST_NAMES => Ok(names),
        n => Err(Problem::error(format!("{n} names are too many."))
            .hint(format!("Give at most {MOST_NAMES}."))),
    }
}

fn is_host(name: &str) -> bool {
    let bare = name.strip_prefix("*.").unwrap_or(name);
    let is_label = |label: &str| {
        let ends = |c: char| c.is_ascii_alphanumeric();
        label.len() <= LONGEST_LABEL
            && label.starts_with(ends)
            && label.ends_with(ends)
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    // The last part of an address that is none is a number; that of a name never is.
    let last_is_number = bare
        .rsplit('.')
        .next()
        .is_some_and(|last| last.chars().all(|c| c.is_ascii_digit()));
    name.len() <= LONGEST_NAME && bare.split('.').all(is_label) && !last_is_number
}

/// Reads for how many days it holds.
///
/// # Errors
/// A problem with the limits, when it is no such number.
pub fn days(typed: &str) -> Result<u32, Problem> {
    let typed = typed.trim();
    let found = typed.parse().ok().filter(|days| DAYS.contains(days));
    found.ok_or_else(|| {
        let shown: String = clean::line(typed).chars().take(20).collect();
        let what = if shown.is_empty() {
            "It holds for no time.".to_owned()
        } else {
            format!("{shown} is no number of days it may hold.")
        };
        let (least, most) = (DAYS.start(), DAYS.end());
        Problem::error(what).hint(format!(
            "Give {least} to {most}, for example 365: some clients refuse what holds longer."
        ))
    })
}

/// Makes one for these names that holds for these days from `at` on: ECDSA on P-256, for servers.
///
/// # Errors
/// A problem when names or days are none that [`names`] and [`days`] give, or when the system gives no randomness.
pub fn make(names: &[String], days: u32, at: SystemTime) -> Result<Certificate, Problem> {
    let names = self::names(&names.join(","))?;
    let days = self::days(&days.to_string())?;
    let began = at.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let ends = began + u64::from(days) * DAY;
    let moment = |seconds| date_time_ymd(1970, 1, 1) + Duration::from_secs(seconds);
    let refuse = |error: rcgen::Error| {
        Problem::error(format!("The certificate cannot be made: {error}."))
            .hint("Make it elsewhere, for example with openssl, and name its files here.")
    };
    let mut wanted = CertificateParams::new(names.clone()).map_err(refuse)?;
    wanted.not_before = moment(began);
    wanted.not_after = moment(ends);
    let first = names.first().cloned().unwrap_or_default();
    // A common name takes 64 characters; clients read the names above.
    let first: String = first.chars().take(64).collect();
    wanted.distinguished_name = rcgen::DistinguishedName::new();
    wanted.distinguished_name.push(DnType::CommonName, first);
    wanted.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    wanted.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let key = KeyPair::generate().map_err(refuse)?;
    let signed = wanted.self_signed(&key).map_err(refuse)?;
    Ok(Certificate {
        certificate: signed.pem(),
        key: Secret::new(key.serialize_pem()),
        names,
        days,
        until: store::utc(i128::from(ends) * 1_000_000_000),
    })
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    use super::*;

    /// 2026-11-22 05:30:00 UTC.
    const NOW: u64 = 1_795_325_400;

    fn der(pem: &str) -> Vec<u8> {
        let inside: String = pem
            .lines()
            .filter(|line| !line.starts_with("-----"))
            .collect();
        STANDARD.decode(inside).unwrap()
    }

    fn holds(der: &[u8], part: &[u8]) -> bool {
        der.windows(part.len()).any(|window| window == part)
    }

    #[test]
    fn it_says_what_was_asked_and_belongs_to_its_key() {
        let at = UNIX_EPOCH + Duration::from_secs(NOW);
        let names = ["vapora.local", "127.0.0.1", "::1", "*.vapora.local"].map(str::to_owned);
        let made = make(&names, 90, at).unwrap();
        assert_eq!(made.until, "2027-02-20 05:30:00 UTC");
        assert!(
            made.certificate
                .starts_with("-----BEGIN CERTIFICATE-----\n")
        );
        let der = der(&made.certificate);
        // UTCTime, tag 23, 13 characters.
        assert!(holds(&der, b"\x17\x0d261122053000Z\x17\x0d270220053000Z"));
        // Names in it: tag 2 for a host, tag 7 for an address.
        assert!(holds(&der, b"\x82\x0cvapora.local"));
        assert!(holds(&der, b"\x82\x0e*.vapora.local"));
        assert!(holds(&der, &[0x87, 4, 127, 0, 0, 1]));
        assert!(holds(
            &der,
            &[[0x87, 16].as_slice(), &[0; 15], &[1]].concat()
        ));
        // serverAuth, 1.3.6.1.5.5.7.3.1.
        assert!(holds(&der, b"\x2b\x06\x01\x05\x05\x07\x03\x01"));
        let key = KeyPair::from_pem(made.key.expose()).unwrap();
        assert!(holds(&der, key.public_key_raw()));
        let other = make(&names, 90, at).unwrap();
        assert_ne!(made.key, other.key);
        let shown = format!("{made:?}");
        assert!(shown.contains("key: (secret)") && !shown.contains("PRIVATE"));
    }

    #[test]
    fn names_are_read_and_the_first_that_is_none_is_told() {
        for (typed, expected) in [
            ("localhost", &["localhost"][..]),
            ("A.b,  127.0.0.1 ,a.B", &["a.b", "127.0.0.1"]),
            ("*.vapora.eu ::1", &["*.vapora.eu", "::1"]),
        ] {
            assert_eq!(names(typed).unwrap(), expected, "{typed}");
        }
        for (typed, said) in [
            ("", "It is for no name."),
            (" , ", "It is for no name."),
            ("http://a", "http://a is neither"),
            ("a:8001", "a:8001 is neither"),
            ("a,b_c", "b_c is neither"),
            ("-a", "-a is neither"),
            ("1.2.3.256", "1.2.3.256 is neither"),
            ("a..b", "a..b is neither"),
            ("a.*", "a.* is neither"),
            ("ä.de", "ä.de is neither"),
        ] {
            let sentence = names(typed).unwrap_err().sentence();
            assert!(sentence.contains(said), "{typed}: {sentence}");
            assert!(sentence.contains("for example localhost"), "{sentence}");
        }
        let long = format!("{}.de", "a".repeat(64));
        assert!(names(&long).is_err());
        let many: Vec<String> = (0..51).map(|n| format!("host{n}")).collect();
        assert!(
            names(&many.join(","))
                .unwrap_err()
                .message
                .contains("51 names")
        );
    }

    #[test]
    fn days_have_limits_that_are_told() {
        for (typed, expected) in [
            ("1", Some(1)),
            (" 365 ", Some(365)),
            ("825", Some(825)),
            ("826", None),
            ("0", None),
            ("-1", None),
            ("1.5", None),
            ("many", None),
            ("", None),
            ("99999999999", None),
        ] {
            let found = days(typed);
            assert_eq!(found.as_ref().ok().copied(), expected, "{typed}");
            if let Err(problem) = found {
                let sentence = problem.sentence();
                assert!(
                    sentence.contains("Give 1 to 825, for example 365"),
                    "{sentence}"
                );
            }
        }
        assert!(make(&["localhost".into()], 826, UNIX_EPOCH).is_err());
    }
}
