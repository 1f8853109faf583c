//! Connections other than DNS: policy files over HTTPS, SMTP probes.

pub mod guard;
