//! A plan as text, one file per language. Pure. Text and run lead to the same end state.
