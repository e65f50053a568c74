//! The pseudo-locale: readable, but visibly not English, and a third longer.

/// `text` in brackets, with accented vowels and padding; placeholders are kept.
pub(super) fn accented(text: &str) -> String {
    let mut accented = String::with_capacity(text.len() * 2);
    accented.push('[');
    for letter in text.chars() {
        accented.push(match letter {
            'a' => 'á',
            'e' => 'é',
            'i' => 'í',
            'o' => 'ö',
            'u' => 'ü',
            'A' => 'Á',
            'E' => 'É',
            'I' => 'Í',
            'O' => 'Ö',
            'U' => 'Ü',
            other => other,
        });
    }
    accented.extend(std::iter::repeat_n('·', text.chars().count() / 3));
    accented.push(']');
    accented
}
