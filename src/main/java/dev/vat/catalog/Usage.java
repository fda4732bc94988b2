package dev.vat.catalog;

/// How many bytes the copies take, by tier (`disk_usage` in `projects.json`).
public record Usage(long localFlat, long localGrouped, long ssd, long s3, long glacier) {
  /// Adds up a catalog.
  public static Usage of(Catalog catalog) {
    long flat = 0;
    long grouped = 0;
    long ssd = 0;
    long s3 = 0;
    long glacier = 0;
    for (ProjectEntry project : catalog.projects().values()) {
      for (LocalCopy copy : project.local()) {
        if (copy.structure() == LocalCopy.Structure.FLAT) {
          flat += copy.totals().bytes();
        } else {
          grouped += copy.totals().bytes();
        }
      }
      ssd +=
          project.ssd().stream()
              .flatMap(copy -> copy.totals().stream())
              .mapToLong(TreeTotals::bytes)
              .sum();
      long cloud = project.s3().map(copy -> copy.bytes().orElse(0)).orElse(0L);
      if (project.s3().map(CloudCopy::frozen).orElse(false)) {
        glacier += cloud;
      } else {
        s3 += cloud;
      }
    }
    return new Usage(flat, grouped, ssd, s3, glacier);
  }
}
