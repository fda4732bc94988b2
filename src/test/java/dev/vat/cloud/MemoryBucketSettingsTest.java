package dev.vat.cloud;

final class MemoryBucketSettingsTest extends LifecycleRulesContract {
  @Override
  protected BucketSettings fresh() {
    return new MemoryBucketSettings();
  }
}
