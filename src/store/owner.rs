//! Names of users and groups, from the system's own files; the number where they have none.

use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use crate::clean;

/// `user:group` for the numbers of a file's owner.
pub(super) fn names(user: u32, group: u32) -> String {
    format!("{}:{}", user_name(user), group_name(group))
}

/// The name of the user that this process works as.
pub(super) fn user() -> String {
    user_name(rustix::process::geteuid().as_raw())
}

/// Whose a file will be that this process makes in `folder`.
pub(super) fn of_new_file(folder: &Path) -> String {
    names(rustix::process::geteuid().as_raw(), new_group(folder))
}

/// A set-group-id folder hands its group down.
fn new_group(folder: &Path) -> u32 {
    match folder.metadata() {
        Ok(found) if found.mode() & 0o2000 != 0 => found.gid(),
        _ => rustix::process::getegid().as_raw(),
    }
}

/// Whose the file will be that takes the place of `old` in `folder`; and whose it is, when it cannot stay that.
pub(super) fn after_replacing(old: &Metadata, folder: &Path) -> (String, Option<String>) {
    let before = names(old.uid(), old.gid());
    let user = rustix::process::geteuid();
    if user.is_root() {
        return (before, None);
    }
    let groups = rustix::process::getgroups().unwrap_or_default();
    let member = groups.iter().any(|group| group.as_raw() == old.gid())
        || rustix::process::getegid().as_raw() == old.gid();
    let group = if member { old.gid() } else { new_group(folder) };
    let after = names(user.as_raw(), group);
    let changes = after != before;
    (after, changes.then_some(before))
}

pub(super) fn user_name(user: u32) -> String {
    name("/etc/passwd", user)
}

pub(super) fn group_name(group: u32) -> String {
    name("/etc/group", group)
}

fn name(file: &str, number: u32) -> String {
    let bytes = fs::read(file).unwrap_or_default();
    find(&String::from_utf8_lossy(&bytes), number).unwrap_or_else(|| number.to_string())
}

fn find(table: &str, number: u32) -> Option<String> {
    table.lines().find_map(|line| {
        let mut parts = line.split(':');
        let name = parts.next().filter(|name| !name.is_empty())?;
        let found = parts.nth(1)?.parse::<u32>().ok()?;
        (found == number).then(|| clean::line(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_number() {
        let table =
            "root:x:0:0:root:/root:/bin/sh\n+nis\nbroken:x\nops:x:1000:1000::/home/ops:/bin/sh\n";
        assert_eq!(find(table, 0).as_deref(), Some("root"));
        assert_eq!(find(table, 1000).as_deref(), Some("ops"));
        assert_eq!(find(table, 7), None);
        assert_eq!(name("/nowhere/passwd", 7), "7");
    }
}
