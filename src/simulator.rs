//! ARM in memory, at the level of HTTP requests and responses. Pure: time and random bytes come in as arguments.
