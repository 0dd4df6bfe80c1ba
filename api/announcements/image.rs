//! An announcement's image: whatever a browser sends is decoded and written anew, so that nothing of the file (where a photograph
//! was taken, a script behind a picture) is passed on.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder, metadata::Orientation,
};
use tokio::sync::Semaphore;

use super::model::ImageInvalid;
use crate::platform::problem::{Failure, Refusal as _, Refused};

/// The largest file that is taken.
pub const MAX_BYTES: usize = 4 << 20;
/// The largest width and height that is decoded, in pixels.
const MAX_SIDE: u32 = 10_000;
/// The most pixels that are decoded: 40 million, as a phone's camera makes. A file of a few kilobytes can hold any number.
const MAX_PIXELS: u64 = 40_000_000;
/// The most memory that decoding may take.
const MAX_MEMORY: u64 = 256 << 20;
/// Images that this process decodes at a time: each may take the memory above, and a processor for a second.
static DECODING: Semaphore = Semaphore::const_new(1);
/// The width and height in which it is kept, at the most.
const KEPT_SIDE: u32 = 1_600;
/// Of a hundred.
const QUALITY: u8 = 82;

/// Prepares an image where it holds up nobody: one after the other, and beside the requests of others.
///
/// # Errors
/// As [`prepare`].
pub async fn prepared(bytes: Vec<u8>) -> Result<Vec<u8>, Refused<ImageInvalid>> {
    let turn = DECODING.acquire().await.map_err(Failure::internal)?;
    // The turn goes with the work: a request that is given up leaves it running.
    tokio::task::spawn_blocking(move || {
        let _turn = turn;
        prepare(&bytes)
    })
    .await
    .map_err(Failure::internal)?
}

/// The image as it is kept: upright, a JPEG of 1,600 pixels at the most.
///
/// # Errors
/// `image_invalid` for what is no PNG, JPEG or WebP, is damaged, or is too large to decode.
fn prepare(bytes: &[u8]) -> Result<Vec<u8>, Refused<ImageInvalid>> {
    let wrong = ImageInvalid::refused;
    if bytes.len() > MAX_BYTES {
        return Err(wrong());
    }
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| wrong())?;
    let known = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP];
    if !reader.format().is_some_and(|f| known.contains(&f)) {
        return Err(wrong());
    }
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(MAX_SIDE), Some(MAX_SIDE));
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| wrong())?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(wrong());
    }
    // How the camera was held; what is kept says nothing of it any more.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(|_| wrong())?;
    image.apply_orientation(orientation);
    let image = if image.width().max(image.height()) > KEPT_SIDE {
        image.resize(KEPT_SIDE, KEPT_SIDE, image::imageops::FilterType::CatmullRom)
    } else {
        image
    };
    // JPEG knows no transparency: what shows through is white, as the page is.
    let mut flat = image::RgbImage::from_pixel(image.width(), image.height(), image::Rgb([255, 255, 255]));
    for (x, y, pixel) in image.to_rgba8().enumerate_pixels() {
        let [r, g, b, a] = pixel.0.map(u32::from);
        let over = |c: u32| u8::try_from((c * a + 255 * (255 - a)) / 255).unwrap_or(u8::MAX);
        flat.put_pixel(x, y, image::Rgb([over(r), over(g), over(b)]));
    }
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, QUALITY)
        .encode_image(&DynamicImage::ImageRgb8(flat))
        .map_err(|e| Failure::internal(e.to_string()))?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        DynamicImage::new_rgba8(width, height).write_to(&mut out, ImageFormat::Png).unwrap();
        out.into_inner()
    }

    #[test]
    fn an_image_is_written_anew() {
        let kept = prepare(&png(3_200, 800)).unwrap();
        let seen = image::load_from_memory(&kept).unwrap();
        assert_eq!((seen.width(), seen.height()), (1_600, 400));
        // All of it was transparent.
        assert!(seen.to_rgb8().pixels().all(|p| p.0.iter().all(|c| *c > 250)));
        // A camera that was held upright writes a lying picture, and says so (EXIF, orientation 6).
        let mut lying = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(200, 100).write_to(&mut lying, ImageFormat::Jpeg).unwrap();
        let mut lying = lying.into_inner();
        let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let segment = [&[0xff, 0xe1, 0, u8::try_from(exif.len() + 2).unwrap()][..], exif].concat();
        lying.splice(2..2, segment);
        let seen = image::load_from_memory(&prepare(&lying).unwrap()).unwrap();
        assert_eq!((seen.width(), seen.height()), (100, 200));
        let mut half = png(100, 100);
        half.truncate(60);
        for bad in [&half[..], b"GIF89a", b"<svg/>", b"", &png(20_000, 1), &png(8_000, 8_000)] {
            assert!(prepare(bad).unwrap_err().is::<ImageInvalid>());
        }
    }
}
