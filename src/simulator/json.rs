//! A `json!` macro with a small footprint: `serde_json`'s own expands every insertion inline, which made up a third of the
//! simulator. The syntax is the same, with literal keys.

use serde_json::{Map, Value};

/// Types allowed as a value in [`json!`].
pub(crate) trait ToJson {
    fn to_json(&self) -> Value;
}

impl ToJson for str {
    #[inline(never)]
    fn to_json(&self) -> Value {
        Value::String(self.to_owned())
    }
}

impl ToJson for String {
    fn to_json(&self) -> Value {
        self.as_str().to_json()
    }
}

impl ToJson for bool {
    fn to_json(&self) -> Value {
        Value::Bool(*self)
    }
}

impl ToJson for u64 {
    #[inline(never)]
    fn to_json(&self) -> Value {
        (*self).into()
    }
}

impl ToJson for i64 {
    #[inline(never)]
    fn to_json(&self) -> Value {
        (*self).into()
    }
}

impl ToJson for u16 {
    fn to_json(&self) -> Value {
        u64::from(*self).to_json()
    }
}

impl ToJson for u32 {
    fn to_json(&self) -> Value {
        u64::from(*self).to_json()
    }
}

impl ToJson for i32 {
    fn to_json(&self) -> Value {
        i64::from(*self).to_json()
    }
}

impl ToJson for Value {
    #[inline(never)]
    fn to_json(&self) -> Value {
        self.clone()
    }
}

impl ToJson for Map<String, Value> {
    #[inline(never)]
    fn to_json(&self) -> Value {
        Value::Object(self.clone())
    }
}

impl<T: ToJson> ToJson for [T] {
    fn to_json(&self) -> Value {
        let mut items = Vec::with_capacity(self.len());
        for item in self {
            items.push(item.to_json());
        }
        Value::Array(items)
    }
}

impl<T: ToJson, const COUNT: usize> ToJson for [T; COUNT] {
    fn to_json(&self) -> Value {
        self.as_slice().to_json()
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn to_json(&self) -> Value {
        self.as_slice().to_json()
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn to_json(&self) -> Value {
        self.as_ref().map_or(Value::Null, ToJson::to_json)
    }
}

impl<T: ToJson + ?Sized> ToJson for &T {
    fn to_json(&self) -> Value {
        (**self).to_json()
    }
}

/// An object of these fields, which are moved out.
#[inline(never)]
pub(crate) fn object(fields: &mut [(&str, Value)]) -> Value {
    let mut map = Map::new();
    for (name, value) in fields {
        map.insert((*name).to_owned(), value.take());
    }
    Value::Object(map)
}

/// A list of these items, which are moved out.
#[inline(never)]
pub(crate) fn array(items: &mut [Value]) -> Value {
    Value::Array(items.iter_mut().map(Value::take).collect())
}

/// The items of a list; none if it is no list.
pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Collects fields into a map. `collect()` would instantiate a sort for each iterator type.
#[inline(never)]
pub(crate) fn map(fields: &mut dyn Iterator<Item = (String, Value)>) -> Map<String, Value> {
    let mut map = Map::new();
    for (name, value) in fields {
        map.insert(name, value);
    }
    map
}

/// A JSON value in JSON syntax.
macro_rules! json {
    (null) => { serde_json::Value::Null };
    ({ $($fields:tt)* }) => { $crate::simulator::json::fields!([] $($fields)*) };
    ([ $($items:tt)* ]) => { $crate::simulator::json::items!([] $($items)*) };
    ($value:expr) => { $crate::simulator::json::ToJson::to_json(&$value) };
}

macro_rules! fields {
    ([$($done:tt)*]) => {
        $crate::simulator::json::object(&mut *std::mem::ManuallyDrop::new([$($done)*]))
    };
    ([$($done:tt)*] $name:literal : null $(, $($rest:tt)*)?) => {
        $crate::simulator::json::fields!([$($done)* ($name, serde_json::Value::Null),] $($($rest)*)?)
    };
    ([$($done:tt)*] $name:literal : { $($value:tt)* } $(, $($rest:tt)*)?) => {
        $crate::simulator::json::fields!([$($done)* ($name, $crate::simulator::json::json!({ $($value)* })),] $($($rest)*)?)
    };
    ([$($done:tt)*] $name:literal : [ $($value:tt)* ] $(, $($rest:tt)*)?) => {
        $crate::simulator::json::fields!([$($done)* ($name, $crate::simulator::json::json!([ $($value)* ])),] $($($rest)*)?)
    };
    ([$($done:tt)*] $name:literal : $value:expr $(, $($rest:tt)*)?) => {
        $crate::simulator::json::fields!([$($done)* ($name, $crate::simulator::json::ToJson::to_json(&$value)),] $($($rest)*)?)
    };
}

macro_rules! items {
    ([$($done:tt)*]) => {
        $crate::simulator::json::array(&mut *std::mem::ManuallyDrop::new([$($done)*]))
    };
    ([$($done:tt)*] { $($value:tt)* } $(, $($rest:tt)*)?) => {
        $crate::simulator::json::items!([$($done)* $crate::simulator::json::json!({ $($value)* }),] $($($rest)*)?)
    };
    ([$($done:tt)*] [ $($value:tt)* ] $(, $($rest:tt)*)?) => {
        $crate::simulator::json::items!([$($done)* $crate::simulator::json::json!([ $($value)* ]),] $($($rest)*)?)
    };
    ([$($done:tt)*] $value:expr $(, $($rest:tt)*)?) => {
        $crate::simulator::json::items!([$($done)* $crate::simulator::json::ToJson::to_json(&$value),] $($($rest)*)?)
    };
}

pub(crate) use {fields, items, json};

#[cfg(test)]
mod tests {
    use serde_json::Value;

    #[test]
    fn matches_serde_json() {
        let (text, list, none) = ("b".to_owned(), vec!["x", "y"], None::<String>);
        let ours = super::json!({ "a": text, "c": { "d": [1, { "e": true }, []] }, "f": list, "g": none, "h": null, "i": if true { "j" } else { "k" } });
        let theirs: Value =
            serde_json::from_str(r#"{"a":"b","c":{"d":[1,{"e":true},[]]},"f":["x","y"],"g":null,"h":null,"i":"j"}"#).expect("JSON");
        assert_eq!(ours, theirs);
        assert_eq!(super::json!({}), Value::Object(serde_json::Map::new()));
    }
}
