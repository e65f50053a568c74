//! Characters in the notation of the code panel.

/// The character at the start of `text` in PowerShell's notation `$([char]0x00d1)` or `$([char]209)`, or two of them as
/// surrogates, and its length in bytes: the code panel writes non-ASCII text like this.
pub(super) fn character(text: &str) -> Option<(char, usize)> {
    let unit = |text: &str| -> Option<(u16, usize)> {
        let rest = text.strip_prefix("$([char]")?;
        let end = rest.find(')')?;
        let (digits, radix) = rest[..end].strip_prefix("0x").map_or((&rest[..end], 10), |digits| (digits, 16));
        let number = u16::from_str_radix(digits, radix).ok().filter(|_| !digits.starts_with('+'))?;
        Some((number, text.len() - rest.len() + end + 1))
    };
    let (first, length) = unit(text)?;
    let (units, length) = match unit(&text[length..]).filter(|_| (0xd800..0xdc00).contains(&first)) {
        Some((second, more)) => (vec![first, second], length + more),
        None => (vec![first], length),
    };
    let letter = char::decode_utf16(units).next()?.ok()?;
    Some((letter, length))
}
