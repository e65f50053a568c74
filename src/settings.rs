//! `config.json` and the address, parsed once into one struct.
