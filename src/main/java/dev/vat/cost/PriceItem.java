package dev.vat.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Something that has a price: one line of a region in the price book.
///
/// @param of which class, or class and speed: `STANDARD`, `DEEP_ARCHIVE BULK`
record PriceItem(Kind kind, String of) {
  /// What is paid for, and by which unit.
  enum Kind {
    STORAGE_GB_MONTH,
    PUT_1000,
    TRANSITION_1000,
    GET_1000,
    RETRIEVAL_GB,
    RETRIEVAL_1000,
    DOWNLOAD_GB,
    REPLICATION_GB,
    AUDIT_100000;

    /// In the price book's file.
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static final PriceItem DOWNLOAD = new PriceItem(Kind.DOWNLOAD_GB, "internet");

  /// To another of AWS's regions.
  static final PriceItem REPLICATION = new PriceItem(Kind.REPLICATION_GB, "other region");

  /// What CloudTrail takes for logging them.
  static final PriceItem AUDIT = new PriceItem(Kind.AUDIT_100000, "writes");

  static PriceItem of(Kind kind, PricedClass storageClass) {
    return new PriceItem(kind, storageClass.name());
  }

  static PriceItem of(Kind kind, PricedClass storageClass, ThawSpeed speed) {
    return new PriceItem(kind, storageClass.name() + " " + speed.name());
  }

  /// Everything that a region has to have a price for.
  static List<PriceItem> all() {
    List<PriceItem> items = new ArrayList<>();
    for (PricedClass each : PricedClass.values()) {
      items.add(of(Kind.STORAGE_GB_MONTH, each));
      items.add(of(Kind.PUT_1000, each));
      items.add(of(Kind.GET_1000, each));
      if (each != PricedClass.STANDARD) {
        items.add(of(Kind.TRANSITION_1000, each));
      }
      if (each == PricedClass.STANDARD_IA || each == PricedClass.GLACIER_IR) {
        items.add(of(Kind.RETRIEVAL_GB, each));
      }
      for (ThawSpeed speed : ThawSpeed.values()) {
        if (offers(each, speed)) {
          items.add(of(Kind.RETRIEVAL_GB, each, speed));
          items.add(of(Kind.RETRIEVAL_1000, each, speed));
        }
      }
    }
    items.add(DOWNLOAD);
    return items;
  }

  /// Everything that a price book may hold: also what few need, which a region may lack.
  static List<PriceItem> known() {
    List<PriceItem> items = new ArrayList<>(all());
    items.add(REPLICATION);
    items.add(AUDIT);
    return items;
  }

  /// Source: S3 User Guide, "Understanding archive retrieval options".
  static boolean offers(PricedClass storageClass, ThawSpeed speed) {
    return storageClass.isFrozen()
        && !(storageClass == PricedClass.DEEP_ARCHIVE && speed == ThawSpeed.EXPEDITED);
  }

  @Override
  public String toString() {
    return kind.word() + " of " + of;
  }
}
