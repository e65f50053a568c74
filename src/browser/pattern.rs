//! Regular expressions by the browser's own engine: they cost no wasm.

/// Whether the whole of `text` matches `pattern` (JavaScript's syntax, flag `u`); `None` where it is no pattern.
pub fn matches(pattern: &str, text: &str) -> Option<bool> {
    // The constructor throws for a bad pattern: called as a function, the throw arrives as an Err.
    let constructor = js_sys::Reflect::get(&js_sys::global(), &"RegExp".into()).ok()?;
    let constructor: js_sys::Function = wasm_bindgen::JsCast::dyn_into(constructor).ok()?;
    let whole = format!("^(?:{pattern})$");
    let expression = constructor.call2(&wasm_bindgen::JsValue::NULL, &whole.into(), &"u".into()).ok()?;
    let expression: js_sys::RegExp = wasm_bindgen::JsCast::dyn_into(expression).ok()?;
    Some(expression.test(text))
}
