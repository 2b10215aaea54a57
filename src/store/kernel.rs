//! Folders that only look like folders, such as /proc: the system says that root may write there, and then refuses.
//! Leaves to others: every other reason why nothing can be written (`plan`, `cause`).

use std::path::Path;

use crate::clean;
use crate::problem::Problem;

/// File systems by their number in `statfs` that hold what the kernel says and no files: everybody may "write" there,
/// and nothing can be made.
const KERNELS_OWN: [i64; 16] = [
    0x9fa0,      // proc
    0x6265_6572, // sysfs
    0x0027_e0eb, // cgroup
    0x6367_7270, // cgroup2
    0x6462_6720, // debugfs
    0x7472_6163, // tracefs
    0x7363_6673, // securityfs
    0xf97c_ff8c, // selinuxfs
    0xcafe_4a11, // bpf
    0x6165_676c, // pstore
    0x1cd1,      // devpts
    0x6265_6570, // configfs
    0x4249_4e4d, // binfmt_misc
    0xde5e_81e4, // efivarfs
    0x1980_0202, // mqueue
    0x6e73_6673, // nsfs
];

/// Why nothing can be made in `folder`, when it is one of those.
pub(super) fn owns(folder: &Path, target: &Path) -> Option<Problem> {
    let found = rustix::fs::statfs(folder).ok()?;
    // Of a number above 2^31 some machines make a negative one.
    let number = found.f_type & 0xffff_ffff;
    KERNELS_OWN.contains(&number).then(|| {
        let message = format!(
            "{} belongs to the kernel and holds no files of anybody.",
            clean::line(&folder.to_string_lossy())
        );
        Problem::error(message)
            .hint("Write to another folder, for example config/runtime/vapora.toml.")
            .in_file(target, None)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_kernel_makes_up_is_its_own() {
        for (folder, expected) in [("/proc", true), ("/proc/self", true), ("/nowhere", false)] {
            let found = owns(Path::new(folder), Path::new("v.toml"));
            assert_eq!(found.is_some(), expected, "{folder}");
        }
        let folder = tempfile::tempdir().unwrap();
        assert!(owns(folder.path(), Path::new("v.toml")).is_none());
    }
}
