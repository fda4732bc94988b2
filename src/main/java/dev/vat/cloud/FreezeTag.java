package dev.vat.cloud;

import java.util.Map;

/// The tag by which a life cycle rule knows what it may freeze. S3's filters know no ends of keys,
/// so archives carry it, and what must stay readable beside them (tables of contents, light files)
/// does not; taking it off an archive pins it.
public final class FreezeTag {
  public static final String KEY = "vat-freeze";
  public static final String AUTO = "auto";

  /// What an archive carries.
  public static final Map<String, String> TAGS = Map.of(KEY, AUTO);

  private FreezeTag() {}
}
