//! An announcement's image: whatever a browser sends is decoded and written anew, so that nothing of the file (where a photograph
//! was taken, a script behind a picture) is passed on.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder};

use crate::platform::problem::{Code, Failure};

/// The largest file that is taken.
pub const MAX_BYTES: usize = 4 << 20;
/// The largest width and height that is decoded, in pixels.
const MAX_SIDE: u32 = 10_000;
/// The most memory that decoding may take.
const MAX_MEMORY: u64 = 256 << 20;
/// The width and height in which it is kept, at the most.
const KEPT_SIDE: u32 = 1_600;
/// Of a hundred.
const QUALITY: u8 = 82;

/// The image as it is kept: a JPEG of 1,600 pixels at the most.
///
/// # Errors
/// `image_invalid` for what is no PNG, JPEG or WebP, is damaged, or is too large to decode.
pub fn prepare(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let wrong = || Failure::new(Code::ImageInvalid);
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
    let image = reader.decode().map_err(|_| wrong())?;
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
        let mut half = png(100, 100);
        half.truncate(60);
        for bad in [&half[..], b"GIF89a", b"<svg/>", b"", &png(20_000, 1)] {
            assert_eq!(prepare(bad).unwrap_err().status(), 400);
        }
    }
}
