//! What the list says of the folders, and of its keys where room is short.

use super::begun;

#[test]
fn comparing_and_deleting_stay_where_room_is_short() {
    let keys = |width, height| {
        let mut stage = begun(width, height);
        stage.keys("p");
        let screen = stage.screen();
        screen.lines().last().unwrap().to_owned()
    };
    let all = [keys(60, 16), keys(80, 24), keys(120, 36)];
    insta::assert_snapshot!("keys_of_the_list", all.join("\n"));
    for line in &all {
        for key in ["Enter load", "d diff", "delete", "Esc back", "? "] {
            assert!(line.contains(key), "{key}: {line}");
        }
    }
}
