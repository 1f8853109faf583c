//! The directory of a zip file (APPNOTE.TXT 4.3): just what report archives use, in bounded space.
//!
//! Only the entries that are asked for are held, so a directory of a million entries costs nothing.

use super::fault::Fault;

/// A file in the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) name: String,
    /// Deflated; else stored as it is.
    pub(crate) deflated: bool,
    usable: Result<(), &'static str>,
    local: usize,
    packed: usize,
}

impl Member {
    /// The packed bytes.
    pub(crate) fn data<'a>(&self, file: &'a [u8]) -> Result<&'a [u8], Fault> {
        self.usable.map_err(Fault::Zip)?;
        // 4.3.7: the local header, 30 bytes, then name and extra field of its own lengths.
        let header = file.get(self.local..self.local + 30).filter(|h| h.starts_with(b"PK\x03\x04"));
        let header = header.ok_or(Fault::Zip("a member's header is missing"))?;
        let start = self.local + 30 + usize::from(u16_at(header, 26)) + usize::from(u16_at(header, 28));
        let end = start.checked_add(self.packed);
        end.and_then(|end| file.get(start..end)).ok_or(Fault::Zip("a member is cut off"))
    }
}

/// The files of the archive, without folders.
///
/// # Errors
///
/// [`Fault::Members`] past `limit` entries, [`Fault::Zip`] where there is no directory.
pub(crate) fn members(file: &[u8], limit: usize) -> Result<Vec<Member>, Fault> {
    // 4.3.16: the end record, 22 bytes and a comment of at most 65,535.
    let from = file.len().saturating_sub(22 + 65_535);
    let end = memchr::memmem::rfind(&file[from..], b"PK\x05\x06").map(|at| from + at);
    let end = end.filter(|end| end + 22 <= file.len()).ok_or(Fault::Zip("it has no directory"))?;
    let (size, offset) = (u32_at(file, end + 12) as usize, u32_at(file, end + 16) as usize);
    if size == 0xffff_ffff || offset == 0xffff_ffff {
        return Err(Fault::Zip("zip64 is not supported"));
    }
    // Bytes in front of the archive shift every offset.
    let shift = end.checked_sub(size).and_then(|start| start.checked_sub(offset));
    let shift = shift.ok_or(Fault::Zip("its directory is cut off"))?;
    let (mut at, mut entries, mut members) = (shift + offset, 0, Vec::new());
    while let Some(header) = file[..end].get(at..at + 46).filter(|h| h.starts_with(b"PK\x01\x02")) {
        entries += 1;
        if entries > limit {
            return Err(Fault::Members(limit));
        }
        let (name, extra, comment) = (u16_at(header, 28), u16_at(header, 30), u16_at(header, 32));
        let name_end = at + 46 + usize::from(name);
        let name = file[..end].get(at + 46..name_end).ok_or(Fault::Zip("its directory is cut off"))?;
        let method = u16_at(header, 10);
        let folder = name.ends_with(b"/") || name.starts_with(b"__MACOSX/");
        if !folder {
            members.push(Member {
                name: String::from_utf8_lossy(name).chars().take(255).collect(),
                deflated: method == 8,
                usable: match (u16_at(header, 8) & 1, method) {
                    (1, _) => Err("a member is encrypted"),
                    (_, 0 | 8) => Ok(()),
                    _ => Err("the compression method is not supported"),
                },
                local: shift.saturating_add(u32_at(header, 42) as usize),
                packed: u32_at(header, 20) as usize,
            });
        }
        at = name_end + usize::from(extra) + usize::from(comment);
    }
    Ok(members)
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}
