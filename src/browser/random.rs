//! Randomness.

/// Cryptographically secure random bytes, for secrets; `None` if the source fails.
pub fn secret<const LENGTH: usize>() -> Option<[u8; LENGTH]> {
    let mut bytes = [0; LENGTH];
    web_sys::window()?.crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    // A source that returns without writing leaves zeros.
    bytes.iter().any(|byte| *byte != 0).then_some(bytes)
}

/// 16 bytes for an ID that must be unique but not secret.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number from 0 to 255")]
pub fn id() -> [u8; 16] {
    secret().unwrap_or_else(|| [0; 16].map(|_: u8| (js_sys::Math::random() * 256.0) as u8))
}
