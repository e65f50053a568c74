//! The syntax of template expressions: `[concat(parameters('name'), '-x')]`. A string is an expression if it starts with `[`
//! and ends with `]`; a leading `[[` is a literal `[`.

use super::TemplateError;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expression {
    Text(String),
    Number(i64),
    /// A lower-case function name and its arguments.
    Call(String, Vec<Expression>),
    Property(Box<Expression>, String),
    Index(Box<Expression>, Box<Expression>),
}

/// The kind of a template string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind<'text> {
    Literal(&'text str),
    Expression(&'text str),
}

/// Maximum nesting of brackets and property accesses: far more than people write, and far less than the stack allows.
const DEPTH_MAX: usize = 32;
/// Maximum characters of an expression (Azure Resource Manager limits).
const LENGTH_MAX: usize = 24_576;

/// Distinguishes expressions from ordinary strings.
pub(super) fn kind(text: &str) -> Kind<'_> {
    match text.strip_prefix('[') {
        Some(rest) if text.ends_with(']') && rest.starts_with('[') => Kind::Literal(rest),
        Some(rest) if text.len() > 1 && text.ends_with(']') => Kind::Expression(&rest[..rest.len() - 1]),
        _ => Kind::Literal(text),
    }
}

/// Parses the text between the brackets.
pub(super) fn parse(text: &str) -> Result<Expression, TemplateError> {
    let length = text.chars().count();
    if length > LENGTH_MAX {
        return TemplateError::wrong(format!(
            "The template language expression limit exceeded. Limit: '{LENGTH_MAX}' and actual: '{length}'."
        ));
    }
    let mut parser = Parser { text, at: 0, depth: 0 };
    let (expression, _) = parser.expression()?;
    parser.skip_spaces();
    if parser.at < text.len() {
        return parser.unexpected();
    }
    Ok(expression)
}

struct Parser<'text> {
    text: &'text str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    /// An expression and its height.
    fn expression(&mut self) -> Result<(Expression, usize), TemplateError> {
        self.depth += 1;
        let (mut expression, mut height) = self.primary()?;
        loop {
            if self.depth + height > DEPTH_MAX {
                return TemplateError::wrong("The template language expression is nested too deeply.");
            }
            self.skip_spaces();
            if self.take('.') {
                // Bicep compiles `a.?b` to tryGet(); a plain dot needs a name.
                expression = Expression::Property(Box::new(expression), self.word()?);
                height += 1;
            } else if self.take('[') {
                let (index, index_height) = self.expression()?;
                self.expect(']')?;
                expression = Expression::Index(Box::new(expression), Box::new(index));
                height = height.max(index_height) + 1;
            } else {
                self.depth -= 1;
                return Ok((expression, height));
            }
        }
    }

    fn primary(&mut self) -> Result<(Expression, usize), TemplateError> {
        self.skip_spaces();
        if self.depth > DEPTH_MAX {
            return TemplateError::wrong("The template language expression is nested too deeply.");
        }
        match self.peek() {
            Some('\'') => self.text_literal().map(|text| (text, 0)),
            Some(digit) if digit.is_ascii_digit() || digit == '-' => self.number().map(|number| (number, 0)),
            Some(letter) if letter.is_ascii_alphabetic() || letter == '_' => {
                let mut name = self.word()?;
                // A user-defined function has a namespace prefix.
                while self.peek() == Some('.') {
                    self.at += 1;
                    name.push('.');
                    name.push_str(&self.word()?);
                }
                self.skip_spaces();
                self.expect('(')?;
                let (mut arguments, mut height) = (Vec::new(), 0);
                self.skip_spaces();
                while !self.take(')') {
                    if !arguments.is_empty() {
                        self.expect(',')?;
                    }
                    let (argument, argument_height) = self.expression()?;
                    arguments.push(argument);
                    height = height.max(argument_height);
                    self.skip_spaces();
                }
                Ok((Expression::Call(name.to_ascii_lowercase(), arguments), height + 1))
            }
            _ => self.unexpected(),
        }
    }

    fn text_literal(&mut self) -> Result<Expression, TemplateError> {
        self.at += 1;
        let mut literal = String::new();
        loop {
            let rest = &self.text[self.at..];
            let Some(quote) = rest.find('\'') else {
                return TemplateError::wrong(format!("The string in the language expression '{}' is not terminated.", self.text));
            };
            literal.push_str(&rest[..quote]);
            self.at += quote + 1;
            if !self.take_next('\'') {
                return Ok(Expression::Text(literal));
            }
            literal.push('\'');
        }
    }

    fn number(&mut self) -> Result<Expression, TemplateError> {
        let rest = &self.text[self.at..];
        let end = rest.char_indices().skip(1).find(|(_, letter)| !letter.is_ascii_digit()).map_or(rest.len(), |(at, _)| at);
        match rest[..end].parse() {
            Ok(number) => {
                self.at += end;
                Ok(Expression::Number(number))
            }
            Err(_) => self.unexpected(),
        }
    }

    fn word(&mut self) -> Result<String, TemplateError> {
        let rest = &self.text[self.at..];
        let end = rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_' || letter == '$')).unwrap_or(rest.len());
        if end == 0 {
            return self.unexpected();
        }
        self.at += end;
        Ok(rest[..end].to_owned())
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn skip_spaces(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }

    fn take(&mut self, wanted: char) -> bool {
        self.skip_spaces();
        self.take_next(wanted)
    }

    fn take_next(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    fn expect(&mut self, wanted: char) -> Result<(), TemplateError> {
        if self.take(wanted) { Ok(()) } else { self.unexpected() }
    }

    fn unexpected<T>(&self) -> Result<T, TemplateError> {
        let found = self.peek().map_or("EndOfData".to_owned(), String::from);
        TemplateError::wrong(format!(
            "The language expression '{}' is not valid: the string character '{found}' at position '{}' is not expected.",
            self.text, self.at
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distinguishes_expressions_from_strings() {
        for (text, expected) in [
            ("plain", Kind::Literal("plain")),
            ("[a()]", Kind::Expression("a()")),
            ("[[a()]", Kind::Literal("[a()]")),
            ("[a", Kind::Literal("[a")),
            ("a]", Kind::Literal("a]")),
            ("[[a", Kind::Literal("[[a")),
            ("[", Kind::Literal("[")),
            ("[]", Kind::Expression("")),
        ] {
            assert_eq!(kind(text), expected, "{text}");
        }
    }

    #[test]
    fn parses_calls_properties_and_indices() {
        let call = |name: &str, arguments| Expression::Call(name.to_owned(), arguments);
        let text = |text: &str| Expression::Text(text.to_owned());
        for (written, expected) in [
            ("'it''s'", text("it's")),
            (" -12 ", Expression::Number(-12)),
            ("resourceGroup().location", Expression::Property(Box::new(call("resourcegroup", vec![])), "location".to_owned())),
            (
                "concat( 'a' , parameters('b')[0] )",
                call(
                    "concat",
                    vec![text("a"), Expression::Index(Box::new(call("parameters", vec![text("b")])), Box::new(Expression::Number(0)))],
                ),
            ),
            ("my.name()", call("my.name", vec![])),
        ] {
            assert_eq!(parse(written), Ok(expected), "{written}");
        }
    }

    #[test]
    fn refuses_invalid_expressions() {
        for wrong in [
            "",
            "a",
            "a(",
            "a('b'",
            "'a",
            "a(,)",
            "a()b()",
            "a().",
            "a()[",
            "ü()",
            "a('x' 'y')",
            "-",
            "99999999999999999999",
            &"a(".repeat(5_000),
        ] {
            assert!(matches!(parse(wrong), Err(TemplateError::Wrong(_))), "{wrong}");
        }
    }
}
