//! Where things stand on a sheet of A4, in millimetres from its upper left corner.
//!
//! bpost reads an address by machine where: nothing else stands in the window; its lines begin at one edge, with at most 40 characters;
//! thirty millimetres below it and fifteen to its right are empty; and the upper forty millimetres, seventy-four from the right, are kept
//! for franking. (bpost: "Adressering: positie van het adres"; MassPost guide, January 2025.) The sheet is folded at 105 and 210 for an
//! envelope C5/6.

/// A sheet of A4.
pub const PAGE: (f32, f32) = (210.0, 297.0);
/// Where a sheet is folded, from above.
pub const FOLDS: [f32; 2] = [105.0, 210.0];
/// Points of a millimetre.
pub const POINTS: f32 = 72.0 / 25.4;

/// A rectangle on the sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Zone {
    /// From the left edge.
    pub x: f32,
    /// From the upper edge.
    pub y: f32,
    /// How wide.
    pub width: f32,
    /// How high.
    pub height: f32,
}

impl Zone {
    const fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self { x, y, width, height }
    }

    /// Its right edge.
    pub fn right(self) -> f32 {
        self.x + self.width
    }

    /// Its lower edge.
    pub fn bottom(self) -> f32 {
        self.y + self.height
    }

    /// Whether it and another have a place in common.
    pub fn meets(self, other: Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }
}

/// Where the window of the town's envelopes is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// At the left.
    Left,
    /// At the right, as most are in Belgium.
    Right,
}

/// What stands where on the first sheet of a letter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Zones {
    /// What is seen through the window: the address, and nothing else.
    pub window: Zone,
    /// The lines of the address.
    pub address: Zone,
    /// What must stay empty around the address: fifteen millimetres to its right, and what is below it up to the fold.
    pub quiet: Zone,
    /// What is kept for franking, where the envelope shows it.
    pub franking: Zone,
    /// Who sends it.
    pub sender: Zone,
    /// The code and the letters by which a letter that comes back is known.
    pub reference: Zone,
    /// What it says.
    pub text: Zone,
}

/// The margin at the left and the right.
pub const MARGIN: f32 = 20.0;
/// The most lines of an address.
pub const ADDRESS_LINES: usize = 5;
/// From one line of the address to the next.
pub const ADDRESS_PITCH: f32 = 5.0;

/// What stands where, by the side of the window.
pub fn zones(side: Side) -> Zones {
    let wide = PAGE.0 - 2.0 * MARGIN;
    let (address, other) = match side {
        Side::Right => (115.0, MARGIN),
        Side::Left => (MARGIN, 115.0),
    };
    let height = ADDRESS_PITCH * 5.0;
    Zones {
        window: Zone::new(address - 5.0, 43.0, 85.0, 32.0),
        address: Zone::new(address, 46.0, 75.0, height),
        // What is above the window's lower edge beside it holds the sender, on the other side.
        quiet: Zone::new(address - 5.0, 40.0, 95.0, FOLDS[0] - 40.0),
        franking: Zone::new(PAGE.0 - 74.0, 0.0, 74.0, 40.0),
        sender: match side {
            Side::Right => Zone::new(other, 15.0, 85.0, 50.0),
            // Not under the stamp.
            Side::Left => Zone::new(other, 42.0, 75.0, 30.0),
        },
        reference: Zone::new(if side == Side::Right { MARGIN } else { 120.0 }, 76.0, 70.0, 22.0),
        text: Zone::new(MARGIN, 112.0, wide, PAGE.1 - 112.0 - 25.0),
    }
}

/// Where the text stands on the sheets after the first.
pub const NEXT: Zone = Zone::new(MARGIN, 25.0, PAGE.0 - 2.0 * MARGIN, PAGE.1 - 25.0 - 25.0);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_bpost_keeps_free_is_free() {
        for side in [Side::Left, Side::Right] {
            let z = zones(side);
            assert!(z.address.y >= z.window.y && z.address.bottom() <= z.window.bottom());
            assert!(z.address.x >= z.window.x && z.address.right() <= z.window.right());
            assert!(PAGE.0 - z.address.right() >= 15.0, "fifteen millimetres to the right");
            assert!(FOLDS[0] - z.address.bottom() >= 30.0, "thirty millimetres below the last line");
            assert!(FOLDS[0] - z.window.bottom() >= 30.0, "and below the window");
            assert!(z.address.width <= 125.0 && z.address.height <= 40.0);
            for zone in [z.sender, z.reference, z.text] {
                assert!(!zone.meets(z.window) && !zone.meets(z.quiet), "{side:?} {zone:?}");
            }
            assert!(!z.address.meets(z.franking));
            assert!(z.text.y > FOLDS[0] && z.text.bottom() < PAGE.1 && NEXT.bottom() < PAGE.1);
        }
    }
}
