//! IDs that are the same in every run with the same seed, so that tests can rely on them.

use crate::arm::guid::Guid;

/// Generates IDs from the random bytes and a counter.
#[derive(Clone, Debug)]
pub(crate) struct Ids {
    random: [u8; 16],
    /// The number generated so far, which is saved so that IDs are never reused.
    pub(crate) given: u64,
}

impl Ids {
    pub(crate) fn new(random: [u8; 16]) -> Self {
        Self { random, given: 0 }
    }

    pub(crate) fn fresh(&mut self) -> String {
        self.given += 1;
        let mut bytes = self.random.to_vec();
        bytes.extend(self.given.to_le_bytes());
        of_bytes(&bytes)
    }
}

/// The deterministic ID for `text`: for seeded resources, and for `newGuid()`.
pub(crate) fn of_text(text: &str) -> String {
    of_bytes(text.as_bytes())
}

/// A hash of `bytes`: FNV-1a with the finaliser of splitmix64, so that similar inputs give very different hashes.
pub(crate) fn hash(bytes: &[u8], seed: u64) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325 ^ seed;
    for byte in bytes {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

fn of_bytes(bytes: &[u8]) -> String {
    let mut id = [0; 16];
    let (low, high) = id.split_at_mut(8);
    low.copy_from_slice(&hash(bytes, 0).to_le_bytes());
    high.copy_from_slice(&hash(bytes, 0x9e37_79b9_7f4a_7c15).to_le_bytes());
    Guid::from_random(id).as_str().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_depend_on_the_seed_and_never_repeat() {
        let (mut one, mut other) = (Ids::new([7; 16]), Ids::new([7; 16]));
        let ids: Vec<String> = (0..100).map(|_| one.fresh()).collect();
        assert_eq!(ids, (0..100).map(|_| other.fresh()).collect::<Vec<_>>());
        let mut distinct = ids.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), ids.len());
        assert_ne!(Ids::new([8; 16]).fresh(), ids[0]);
        assert!(ids.iter().all(|id| Guid::parse(id).is_some()));
    }
}
