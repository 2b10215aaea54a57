//! A secret of random bytes, for signing.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use crate::problem::Problem;
use crate::secret::Secret;

/// Bytes of randomness: 384 bits, as much as the strongest of the usual signatures (HS384) can use, and three to each
/// four characters, so that nothing is padded.
pub const BYTES: usize = 48;

/// Characters of the text.
pub const CHARACTERS: usize = BYTES / 3 * 4;

/// A secret that signs log-in tokens: [`BYTES`] of the system's randomness as [`CHARACTERS`] of URL-safe base64. Its
/// characters need no quoting in any file, shell or address.
///
/// # Errors
/// When the system gives no randomness; nothing weaker takes its place.
pub fn jwt_secret() -> Result<Secret, Problem> {
    let mut bytes = Zeroizing::new([0_u8; BYTES]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|error| {
        Problem::error(format!("The system gives no random bytes: {error}."))
            .hint("Make the secret on another machine, and refer to it.")
    })?;
    Ok(Secret::new(URL_SAFE_NO_PAD.encode(bytes.as_slice())))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_are_alike_and_each_is_safe_everywhere() {
        let made: Vec<Secret> = (0..200).map(|_| jwt_secret().unwrap()).collect();
        let texts: BTreeSet<&str> = made.iter().map(Secret::expose).collect();
        assert_eq!(texts.len(), made.len());
        let mut seen = BTreeSet::new();
        for text in texts {
            assert_eq!(text.len(), 64);
            assert!(
                text.bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)),
                "{text}"
            );
            seen.extend(text.bytes());
        }
        // Of 12,800 characters each of the 64 is missing with a chance of 64 * e^-200.
        assert_eq!(seen.len(), 64);
        assert_eq!(CHARACTERS, 64);
        assert_eq!(format!("{:?} {}", made[0], made[0]), "(secret) (secret)");
    }
}
