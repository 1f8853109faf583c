//! `drift-missing`: a record that the configuration asks for is not there.

use super::drift::{self, Drift};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "drift-missing",
    area: Area::Transport,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    // Of TLS-RPT and MTA-STS nobody needs to know who has no configuration.
    rests_on: &[Need::Texts, Need::Mx, Need::Dmarc],
    impact: Impact::Weakened(5),
    references: &[],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for drift in drift::all(domain) {
        if let Drift::Missing(draft) = drift {
            out.add(draft);
        }
    }
}
