//! Bounded lines of line-based protocols.

use std::io;

use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncReadExt as _};

/// Reads a line up to its LF, without CR and LF; `limit` is in octets, with the line's end.
///
/// # Errors
/// `UnexpectedEof` where the stream ends before the line does, `InvalidData` for a longer line.
pub(super) async fn read<R: AsyncBufRead + Unpin>(reader: &mut R, limit: u64) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    (&mut *reader).take(limit).read_until(b'\n', &mut line).await?;
    if line.pop() != Some(b'\n') {
        let long = line.len() as u64 + 1 >= limit;
        return Err(if long { io::ErrorKind::InvalidData.into() } else { io::ErrorKind::UnexpectedEof.into() });
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(line)
}
