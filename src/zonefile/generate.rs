//! `$GENERATE`, as BIND has it: `$GENERATE start-stop[/step] owner [TTL] [class] type data`.

use super::problem::Problem;

/// The longest line that one step may make, in octets.
const MAX_LINE: usize = 4096;
/// The widest number, in digits.
const MAX_WIDTH: usize = 255;

/// What a run has left for `$GENERATE`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Allowance {
    pub records: usize,
    pub octets: usize,
}

impl Default for Allowance {
    fn default() -> Self {
        Self { records: 65_536, octets: 16 << 20 }
    }
}

/// The lines that a directive stands for, `template` being what follows the range.
///
/// What was made before a fault counts as well, and whoever meets a limit has nothing left: many
/// directives that fail cost no more than few.
pub(super) fn expand(range: &[u8], template: &[u8], left: &mut Allowance) -> Result<Vec<u8>, Problem> {
    let (start, stop, step) = parse_range(range).ok_or(Problem::BadGenerate)?;
    let count = usize::try_from((stop - start) / step + 1).unwrap_or(usize::MAX);
    if count > left.records {
        return Err(Problem::GenerateLimit);
    }
    if template.len() > 2 * MAX_LINE {
        return Err(Problem::GenerateLimit);
    }
    let mut out = Vec::new();
    let made = (0..count).try_for_each(|i| {
        left.records -= 1;
        substitute(template, start + i as u64 * step, &mut out)?;
        out.push(b'\n');
        if out.len() > left.octets { Err(Problem::GenerateLimit) } else { Ok(()) }
    });
    match &made {
        Err(Problem::GenerateLimit) => *left = Allowance { records: 0, octets: 0 },
        _ => left.octets = left.octets.saturating_sub(out.len()),
    }
    made.map(|()| out)
}

fn parse_range(word: &[u8]) -> Option<(u64, u64, u64)> {
    let word = std::str::from_utf8(word).ok()?;
    let (range, step) = word.split_once('/').unwrap_or((word, "1"));
    let (start, stop) = range.split_once('-')?;
    let number = |t: &str| t.parse::<u32>().ok().filter(|_| t.bytes().all(|b| b.is_ascii_digit())).map(u64::from);
    let (start, stop, step) = (number(start)?, number(stop)?, number(step)?);
    (start <= stop && step > 0).then_some((start, stop, step))
}

/// Puts the number in for `$` and `${offset[,width[,base]]}`; `\$` and `$$` stay a dollar sign.
fn substitute(template: &[u8], value: u64, out: &mut Vec<u8>) -> Result<(), Problem> {
    let begin = out.len();
    let mut rest = template;
    while let [first, tail @ ..] = rest {
        if out.len() - begin >= MAX_LINE {
            return Err(Problem::GenerateLimit);
        }
        match (first, tail) {
            (b'\\', [b'$', tail @ ..]) | (b'$', [b'$', tail @ ..]) => {
                out.push(b'$');
                rest = tail;
            }
            (b'\\', [next, tail @ ..]) => {
                out.extend([b'\\', *next]);
                rest = tail;
            }
            (b'$', [b'{', tail @ ..]) => {
                let end = memchr::memchr(b'}', tail).ok_or(Problem::BadGenerate)?;
                let (inner, after) = tail.split_at(end);
                format_number(inner, value, out)?;
                rest = after.get(1..).unwrap_or_default();
            }
            (b'$', _) => {
                out.extend_from_slice(value.to_string().as_bytes());
                rest = tail;
            }
            _ => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    Ok(())
}

fn format_number(modifiers: &[u8], value: u64, out: &mut Vec<u8>) -> Result<(), Problem> {
    let text = std::str::from_utf8(modifiers).map_err(|_| Problem::BadGenerate)?;
    let mut parts = text.split(',');
    let offset: i64 = match parts.next() {
        None | Some("") => 0,
        Some(offset) => offset.parse().map_err(|_| Problem::BadGenerate)?,
    };
    let width: usize = parts.next().map_or(Ok(0), str::parse).map_err(|_| Problem::BadGenerate)?;
    let base = parts.next().unwrap_or("d");
    if parts.next().is_some() {
        return Err(Problem::BadGenerate);
    }
    if width > MAX_WIDTH {
        return Err(Problem::GenerateLimit);
    }
    let value = i64::try_from(value).ok().and_then(|v| v.checked_add(offset)).filter(|v| *v >= 0);
    let value = value.ok_or(Problem::BadGenerate)?;
    let digits = match base {
        "d" => format!("{value:0width$}"),
        "o" => format!("{value:0width$o}"),
        "x" => format!("{value:0width$x}"),
        "X" => format!("{value:0width$X}"),
        // Nibbles, least first, a dot between; the width counts the dots.
        "n" | "N" => {
            let mut nibbles = String::new();
            let mut rest = value;
            loop {
                let digit = char::from_digit((rest & 15) as u32, 16).unwrap_or('0');
                nibbles.push(if base == "N" { digit.to_ascii_uppercase() } else { digit });
                rest >>= 4;
                if rest == 0 && nibbles.len() >= width {
                    break;
                }
                nibbles.push('.');
                if rest == 0 && nibbles.len() >= width {
                    break;
                }
            }
            nibbles
        }
        _ => return Err(Problem::BadGenerate),
    };
    out.extend_from_slice(digits.as_bytes());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(range: &str, template: &str) -> Result<String, Problem> {
        let out = expand(range.as_bytes(), template.as_bytes(), &mut Allowance::default())?;
        Ok(String::from_utf8(out).unwrap())
    }

    #[test]
    fn numbers_are_put_in() {
        assert_eq!(lines("1-3", "h$ A 192.0.2.$").unwrap(), "h1 A 192.0.2.1\nh2 A 192.0.2.2\nh3 A 192.0.2.3\n");
        assert_eq!(lines("0-4/2", "$").unwrap(), "0\n2\n4\n");
        assert_eq!(lines("7-7", "${1,3} ${-2} ${0,4,x} ${250,0,X} ${0,3,o}").unwrap(), "008 5 0007 101 007\n");
        assert_eq!(lines("18-18", "${0,4,n} ${0,0,n}").unwrap(), "2.1. 2.1\n");
        assert_eq!(lines("1-1", "\\$ $$ \\\\$").unwrap(), "$ $ \\\\1\n");
    }

    #[test]
    fn bombs_are_refused() {
        for (range, template, want) in [
            ("0-4294967295", "h$", Problem::GenerateLimit),
            ("1-65537", "h$", Problem::GenerateLimit),
            ("1-99999999/1", "a${0,2000000,d}", Problem::GenerateLimit),
            ("1-2", "a${0,2000000,d}", Problem::GenerateLimit),
            ("3-1", "a", Problem::BadGenerate),
            ("1-3/0", "a", Problem::BadGenerate),
            ("1", "a", Problem::BadGenerate),
            ("1-2", "${-5}", Problem::BadGenerate),
            ("1-2", "${0,1,q}", Problem::BadGenerate),
            ("1-2", "${0", Problem::BadGenerate),
        ] {
            assert_eq!(lines(range, template), Err(want), "{range} {template}");
        }
        let wide = "${0,255}".repeat(100);
        assert_eq!(lines("1-1", &wide), Err(Problem::GenerateLimit));
    }

    #[test]
    fn failing_directives_use_up_what_is_left() {
        let mut left = Allowance::default();
        // Fifty lines, then a number below zero: paid for, but not the end.
        assert_eq!(expand(b"1-100", b"h$ ${-50} ${0,200}", &mut left), Err(Problem::BadGenerate));
        assert!(left.records < 65_536 && left.octets < 16 << 20);
        assert!(expand(b"1-2", b"h$", &mut left).is_ok());
        assert_eq!(expand(b"1-2", "${0,255}".repeat(100).as_bytes(), &mut left), Err(Problem::GenerateLimit));
        assert_eq!(expand(b"1-2", b"h$", &mut left), Err(Problem::GenerateLimit));
        assert_eq!((left.records, left.octets), (0, 0));
    }
}
