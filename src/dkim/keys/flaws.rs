//! RSA keys whose private half others can compute.
//!
//! Checked: exponent (even, or below 65537), even modulus, prime factors below 4096, primes too
//! close to each other (Fermat; FIPS 186-5 A.1.3), and the pattern of CVE-2017-15361 (ROCA).
//! Not checked, because it needs long lists: the keys of CVE-2008-0166 (Debian).

use std::sync::LazyLock;

use rsa::BigUint;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::RsaPublicKey;

/// Why an RSA key is not safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Flaw {
    /// The public exponent is even or below 65537.
    #[error("its public exponent is even or below 65537")]
    Exponent,
    /// The modulus is even.
    #[error("its modulus is even")]
    EvenModulus,
    /// The modulus has a small prime factor.
    #[error("its modulus is divisible by {0}")]
    SmallFactor(u32),
    /// The two primes are so close that the modulus is factored at once.
    #[error("its primes are too close to each other")]
    ClosePrimes,
    /// Made by a faulty library (CVE-2017-15361).
    #[error("it was made by a library with the ROCA fault (CVE-2017-15361)")]
    Roca,
}

/// What the public half gives away.
pub(super) fn of_public(key: &RsaPublicKey) -> Option<Flaw> {
    // NIST SP 800-89 §5.3.3 wants an odd exponent above 2^16.
    if key.exponent.last().is_none_or(|b| b & 1 == 0) || key.small_exponent().is_some_and(|e| e < 65537) {
        return Some(Flaw::Exponent);
    }
    if key.modulus.last().is_none_or(|b| b & 1 == 0) {
        return Some(Flaw::EvenModulus);
    }
    if let Some(&prime) = PRIMES.iter().find(|&&p| remainder(&key.modulus, p) == 0) {
        return Some(Flaw::SmallFactor(prime));
    }
    has_roca_pattern(&key.modulus).then_some(Flaw::Roca)
}

/// What the primes give away; `bits` is the size of the modulus.
pub(super) fn of_primes(bits: usize, p: &[u8], q: &[u8]) -> Option<Flaw> {
    let number = |octets| Zeroizing::new(BigUint::from_bytes_be(octets));
    let (p, q) = (number(p), number(q));
    let distance = Zeroizing::new(if *p > *q { &*p - &*q } else { &*q - &*p });
    // FIPS 186-5 A.1.3: |p − q| > 2^(nlen/2 − 100)
    (distance.bits() <= (bits / 2).saturating_sub(100)).then_some(Flaw::ClosePrimes)
}

/// The odd primes below 4096.
static PRIMES: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let mut composite = [false; 4096];
    let mut primes = Vec::new();
    for n in 2..4096 {
        if !composite[n] {
            primes.push(n as u32);
            (n * n..4096).step_by(n).for_each(|m| composite[m] = true);
        }
    }
    primes.split_off(1)
});

fn remainder(number: &[u8], by: u32) -> u32 {
    let by = u64::from(by);
    let mut chunks = number.rchunks(4).rev();
    let value = |chunk: &[u8]| chunk.iter().fold(0_u64, |n, &b| (n << 8) | u64::from(b));
    chunks.by_ref().fold(0_u64, |rest, chunk| ((rest << (8 * chunk.len())) | value(chunk)) % by) as u32
}

/// Whether the modulus is a power of 65537 modulo every small prime, as the primes of the faulty
/// library are; by chance that does not happen.
fn has_roca_pattern(modulus: &[u8]) -> bool {
    PRIMES.iter().take_while(|&&p| p <= 167).all(|&p| {
        let wanted = remainder(modulus, p);
        let mut power = 1;
        loop {
            if power == wanted {
                return true;
            }
            power = power * (65537 % p) % p;
            if power == 1 {
                return false;
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dkim::keys::RsaForm;

    fn key(modulus: &BigUint, exponent: &[u8]) -> RsaPublicKey {
        RsaPublicKey { modulus: modulus.to_bytes_be(), exponent: exponent.to_vec(), form: RsaForm::Spki }
    }

    #[test]
    fn flaws_are_found() {
        let good = BigUint::from(1_000_003_u32) * BigUint::from(1_000_033_u32);
        assert_eq!(of_public(&key(&good, &[1, 0, 1])), None);
        assert_eq!(of_public(&key(&good, &[3])), Some(Flaw::Exponent));
        assert_eq!(of_public(&key(&good, &[1, 0, 2])), Some(Flaw::Exponent));
        assert_eq!(of_public(&key(&good, &[])), Some(Flaw::Exponent));
        assert_eq!(of_public(&key(&(&good * 2_u32), &[1, 0, 1])), Some(Flaw::EvenModulus));
        assert_eq!(of_public(&key(&(&good * 4093_u32), &[1, 0, 1])), Some(Flaw::SmallFactor(4093)));
    }

    #[test]
    fn close_primes_are_found() {
        let p = BigUint::from(1_u32) << 1023;
        let near = &p + (BigUint::from(1_u32) << 900);
        let far = &p + (BigUint::from(1_u32) << 1000);
        assert_eq!(of_primes(2048, &p.to_bytes_be(), &near.to_bytes_be()), Some(Flaw::ClosePrimes));
        assert_eq!(of_primes(2048, &far.to_bytes_be(), &p.to_bytes_be()), None);
    }

    #[test]
    fn the_roca_pattern_is_found() {
        // p = k·M + 65537^a mod M, as the faulty library chose its primes.
        let m: BigUint = PRIMES.iter().take_while(|&&p| p <= 167).fold(BigUint::from(2_u32), |m, &p| m * p);
        let prime = |k: u32, a: u32| &m * k + BigUint::from(65537_u32).modpow(&BigUint::from(a), &m);
        let modulus = prime(123_457, 777) * prime(987_653, 4242);
        assert!(has_roca_pattern(&modulus.to_bytes_be()));
        assert!(!has_roca_pattern(&(modulus + 2_u32).to_bytes_be()));
    }
}
