//! Outbound mail authentication: SPF, DKIM, DMARC, ARC and what surrounds them.
//!
//! The crate is what the `mailauth` command is made of. Data flows one way:
//! arguments → gathered facts → evaluation → findings → rendering.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod arc;
pub mod auth_results;
pub mod bimi;
pub mod causes;
pub mod cli;
pub mod config;
pub mod dane;
pub mod dkim;
pub mod dmarc;
pub mod dns;
pub mod dnssec;
pub mod facts;
pub mod finding;
pub mod gather;
mod harmful;
pub mod knowledge;
pub mod lint;
pub mod locales;
pub mod message;
pub mod mta_sts;
pub mod net;
pub mod octets;
pub mod publish;
pub mod receipt;
pub mod receivers;
pub mod render;
pub mod reports;
pub mod rules;
pub mod spf;
pub mod tag_list;
pub mod tls_rpt;
pub mod too_large;
mod whole;
pub mod zonefile;

/// The code of the guide is built and run with the tests.
#[cfg(doctest)]
#[doc = include_str!("../docs/library.md")]
struct Guide;
