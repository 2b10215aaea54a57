//! The bytes of a draft: records of `u32 length, u32 crc32, JSON`, little-endian. Reading takes them as input that
//! anybody may have written: it gives the records that are whole, and says where it had to stop.

use serde_json::Value as Json;

/// Longer records are taken for damage.
pub const LONGEST_RECORD: usize = 1 << 20;

const HEAD: usize = 8;

/// One record as bytes; nothing when it is too long to be read again.
#[must_use]
pub fn record(json: &Json) -> Option<Vec<u8>> {
    let text = json.to_string();
    let length = u32::try_from(text.len()).ok()?;
    if text.len() > LONGEST_RECORD {
        return None;
    }
    let mut bytes = Vec::with_capacity(HEAD + text.len());
    bytes.extend(length.to_le_bytes());
    bytes.extend(crc32fast::hash(text.as_bytes()).to_le_bytes());
    bytes.extend(text.as_bytes());
    Some(bytes)
}

/// How the records end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Whole,
    /// The last record was not written whole: the machine or the program stopped meanwhile.
    Torn,
    /// From this byte on it is no record.
    Damaged(usize),
}

/// The whole records, how many of them are no JSON, and how they end.
#[must_use]
pub fn records(bytes: &[u8]) -> (Vec<Json>, usize, End) {
    let mut found = Vec::new();
    let mut unreadable = 0;
    let mut at = 0;
    loop {
        let rest = &bytes[at..];
        if rest.is_empty() {
            return (found, unreadable, End::Whole);
        }
        let Some((head, body)) = rest.split_first_chunk::<HEAD>() else {
            return (found, unreadable, End::Torn);
        };
        let head = u64::from_le_bytes(*head);
        let (length, crc) = (head & u64::from(u32::MAX), head >> 32);
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        if length > LONGEST_RECORD {
            return (found, unreadable, End::Damaged(at));
        }
        let Some(text) = body.get(..length) else {
            return (found, unreadable, End::Torn);
        };
        if u64::from(crc32fast::hash(text)) != crc {
            return (found, unreadable, End::Damaged(at));
        }
        match serde_json::from_slice(text) {
            Ok(json) => found.push(json),
            Err(_) => unreadable += 1,
        }
        at += HEAD + length;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn two() -> Vec<u8> {
        [
            record(&json!({"a": 1})).unwrap(),
            record(&json!([2])).unwrap(),
        ]
        .concat()
    }

    #[test]
    fn records_come_back_and_damage_is_told() {
        let both = vec![json!({"a": 1}), json!([2])];
        assert_eq!(records(&two()), (both.clone(), 0, End::Whole));
        assert_eq!(records(b""), (vec![], 0, End::Whole));
        let first = record(&json!({"a": 1})).unwrap().len();
        for cut in first + 1..two().len() {
            assert_eq!(
                records(&two()[..cut]),
                (both[..1].to_vec(), 0, End::Torn),
                "{cut}"
            );
        }
        for flipped in first..two().len() {
            let mut bytes = two();
            bytes[flipped] ^= 0x40;
            let (found, _, end) = records(&bytes);
            assert_eq!(found, both[..1], "{flipped}");
            assert_ne!(end, End::Whole, "{flipped}");
        }
        let huge = [&u32::MAX.to_le_bytes()[..], &[0; 20]].concat();
        assert_eq!(records(&huge), (vec![], 0, End::Damaged(0)));
    }

    #[test]
    fn a_record_that_is_no_json_is_passed_over() {
        let deep = "[".repeat(100_000);
        let mut bytes = Vec::new();
        bytes.extend(u32::try_from(deep.len()).unwrap().to_le_bytes());
        bytes.extend(crc32fast::hash(deep.as_bytes()).to_le_bytes());
        bytes.extend(deep.as_bytes());
        bytes.extend(two());
        let (found, unreadable, end) = records(&bytes);
        assert_eq!((found.len(), unreadable, end), (2, 1, End::Whole));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let (found, unreadable, _) = records(&bytes);
            prop_assert!((found.len() + unreadable) * HEAD <= bytes.len());
        }
    }
}
