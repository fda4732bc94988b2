package dev.vat.cli;

import dev.vat.project.ProjectId;
import dev.vat.project.Sizes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Tells people of a copy: where it is, how much, since when, and what an archive has of the
/// others.
record ShownCopyLines(Console console, Instant now, ZoneId zone) {
  void tell(ProjectId project, ShownCopy copy) {
    String where =
        switch (copy.kind()) {
          case "ssd" -> copy.driveName() + ": " + copy.path();
          case "s3" -> (copy.tier().equals("GLACIER") ? "Glacier: " : "S3: ") + copy.path();
          default -> "here: " + copy.path() + "/";
        };
    console.line("  " + Printable.of(where));
    List<String> amount = new ArrayList<>();
    if (copy.files() != null) {
      amount.add(Counts.of(copy.files(), "file"));
    }
    amount.add(copy.sizeBytes() == null ? "size not known" : Sizes.of(copy.sizeBytes()));
    if (copy.heavyFiles() != null) {
      amount.add(
          copy.heavyFiles()
              + " heavy ("
              + Sizes.of(copy.heavyBytes())
              + "), "
              + copy.lightFiles()
              + " light ("
              + Sizes.of(copy.lightBytes())
              + ")");
    }
    if (copy.monthlyUsd() != null) {
      amount.add(price(copy));
    }
    console.line("      " + String.join(", ", amount));
    boolean here = copy.kind().equals("local") || copy.kind().equals("archived");
    console.line(
        "      "
            + (copy.uploadedAt() == null ? "" : "stored " + ago(copy.uploadedAt()) + ", ")
            + "seen "
            + ago(copy.seenAt())
            + (here || copy.damagedAt() != null ? "" : ", verified " + ago(copy.verifiedAt())));
    if (copy.damagedAt() != null) {
      console.line(
          "      "
              + console.style().sign(Symbol.FAILED)
              + " damaged, "
              + LocalDate.ofInstant(Instant.parse(copy.damagedAt()), zone)
              + ": vat verify "
              + Printable.of(project.value())
              + (copy.kind().equals("s3") ? " --place s3" : " --repair"));
    }
    Optional.ofNullable(copy.compared()).ifPresent(all -> all.forEach(this::compared));
    thaw(copy);
  }

  private void thaw(ShownCopy copy) {
    if ("in_progress".equals(copy.thaw())) {
      console.line(
          "      thawing"
              + (copy.thawReadyBy() == null
                  ? ""
                  : ", typically ready by " + Moments.of(Instant.parse(copy.thawReadyBy()), zone)));
    } else if ("ready".equals(copy.thaw())) {
      console.line(
          "      thawed, can be read"
              + (copy.thawExpiresAt() == null
                  ? ""
                  : " until " + Moments.of(Instant.parse(copy.thawExpiresAt()), zone)));
    }
  }

  private String ago(String instant) {
    return instant == null ? "never" : Ages.ago(Instant.parse(instant), now);
  }

  private void compared(ShownCopy.InArchive one) {
    long not = one.missing() + one.otherSize();
    String of = one.place().equals("here") ? "the folder here" : one.place();
    console.line(
        "      "
            + Printable.of(
                not == 0
                    ? "has all of " + of + ", by names and sizes"
                    : Counts.of(not, "file")
                        + " of "
                        + of
                        + (not == 1 ? " is" : " are")
                        + " not in it, or of another size"));
  }

  /// `$0.63 a month`, with what it rests on.
  private String price(ShownCopy copy) {
    return (copy.monthlyUsd() < 0.01
            ? "less than $0.01"
            : String.format(Locale.ROOT, "$%.2f", copy.monthlyUsd()))
        + " a month for storage ("
        + (copy.priceAsOf() == null ? "not confirmed" : "AWS's list price of " + copy.priceAsOf())
        + ")";
  }
}
