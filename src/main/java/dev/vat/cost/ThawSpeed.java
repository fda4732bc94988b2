package dev.vat.cost;

/// How quickly a frozen object is thawed: S3's retrieval tiers.
public enum ThawSpeed {
  EXPEDITED,
  STANDARD,
  BULK
}
