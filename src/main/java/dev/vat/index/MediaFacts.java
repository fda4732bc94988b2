package dev.vat.index;

import java.time.Duration;
import java.util.Optional;

/// What a recording's own header tells.
///
/// @param duration empty when not told
/// @param size of the picture as it is shown; empty when there is none or it is not told
/// @param codec of the picture, or of the sound when there is no picture: `h264`, `hevc`, `prores`,
///     `aac`, or the format's own code where there is no usual word; empty when not told
public record MediaFacts(
    Optional<Duration> duration, Optional<PictureSize> size, Optional<String> codec) {
  /// More than this is damage, not a recording.
  private static final Duration LONGEST = Duration.ofDays(365);

  /// Nothing is known.
  public static final MediaFacts UNKNOWN =
      new MediaFacts(Optional.empty(), Optional.empty(), Optional.empty());

  /// In pixels.
  public record PictureSize(int width, int height) {
    static Optional<PictureSize> of(long width, long height) {
      return width > 0 && width <= 65_535 && height > 0 && height <= 65_535
          ? Optional.of(new PictureSize((int) width, (int) height))
          : Optional.empty();
    }
  }

  /// Whether anything is known.
  public boolean known() {
    return duration.isPresent() || size.isPresent() || codec.isPresent();
  }

  /// @param units how long, in units; anything impossible is not known
  /// @param perSecond how many of them are a second
  static Optional<Duration> duration(double units, double perSecond) {
    double seconds = units / perSecond;
    return seconds > 0 && seconds <= LONGEST.toSeconds()
        ? Optional.of(Duration.ofMillis(Math.round(seconds * 1000)))
        : Optional.empty();
  }
}
