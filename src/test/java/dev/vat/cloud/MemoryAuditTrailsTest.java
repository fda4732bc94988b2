package dev.vat.cloud;

final class MemoryAuditTrailsTest extends AuditTrailsContract {
  @Override
  AuditTrails trails() {
    return new MemoryAuditTrails();
  }
}
