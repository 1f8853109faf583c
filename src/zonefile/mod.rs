//! Master files: text to records with positions (RFC 1035 §5, RFC 2308 §4, RFC 3597 §5).
//!
//! What BIND reads is read: `$ORIGIN`, `$TTL`, `$INCLUDE` and `$GENERATE`, parentheses over lines,
//! comments anywhere, owners left out, TTL and class in either order, units, escapes, unknown types.
//! An entry that cannot be read costs itself alone: it becomes a [`SyntaxError`], and the next entry
//! is read as if nothing had happened.
//!
//! A [`ZoneSet`] keeps the text of its files and, for every entry, offsets into it: 28 octets an
//! entry. Data, lines and columns are worked out when somebody asks.
//!
//! ```
//! use mailauth::zonefile::{LoadOptions, Source, ZoneSet};
//! let text = "$ORIGIN example.de.\n@ IN SOA ns h 1 2 3 4 5\n@ IN TXT ( \"v=spf1 \"\n \"-all\" )\n";
//! let set = ZoneSet::load([Source::memory("-", text)], &LoadOptions::default());
//! let spf = set.entries().nth(1).unwrap();
//! assert_eq!(spf.value(), "v=spf1 -all");
//! assert_eq!(spf.string_locations()[1].line, 4);
//! ```

mod fields;
mod generate;
mod ignore;
mod include;
mod lex;
mod names;
mod parse;
mod position;
mod problem;
mod rdata;
mod set;
mod types;
mod write;

pub use ignore::Ignored;
pub use include::{Disk, LARGEST, Loader, Source};
pub use position::Location;
pub use problem::{IncludeProblem, Problem};
pub(crate) use set::suffixes;
pub use set::{Entry, Fatal, FatalKind, LoadOptions, RelativeName, Remark, SyntaxError, Zone, ZoneSet};
pub use write::{quote, quote_text};
