package dev.vat.catalog;

import dev.vat.catalog.Warning.Code;
import dev.vat.catalog.Wholeness.More;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Warns of how few copies of a project seem to be whole, and says which are not.
record CopyWarnings(ProjectEntry project, Catalog catalog, Wholeness whole, List<Warning> to) {
  static void look(ProjectEntry project, Catalog catalog, List<Warning> to) {
    CopyWarnings looking = new CopyWarnings(project, catalog, new Wholeness(project), to);
    looking.damaged();
    looking.damagedInCloud();
    boolean told = looking.lessOnDrives();
    looking.lessHere();
    looking.few(told);
  }

  private void warn(Code code, String message) {
    to.add(new Warning(project.id(), code, message));
  }

  private void damaged() {
    for (SsdCopy copy : project.ssd()) {
      copy.damagedAt()
          .ifPresent(
              at ->
                  warn(
                      Code.COPY_DAMAGED,
                      "is damaged or not complete on %s, as vat verify found on %s (vat verify %s --repair)"
                          .formatted(
                              catalog.driveName(copy),
                              LocalDate.ofInstant(at, ZoneOffset.UTC),
                              project.id())));
    }
  }

  private void damagedInCloud() {
    for (CloudCopy copy : project.cloud()) {
      copy.damagedAt()
          .ifPresent(
              at ->
                  warn(
                      Code.COPY_DAMAGED,
                      "is damaged or gone in S3, as vat verify found on %s (vat verify %s --place s3)"
                          .formatted(LocalDate.ofInstant(at, ZoneOffset.UTC), project.id())));
    }
  }

  /// @return whether a drive has less than here
  private boolean lessOnDrives() {
    List<SsdCopy> less = project.ssd().stream().filter(project::hasLess).toList();
    if (!less.isEmpty()) {
      warn(
          Code.SSD_INCOMPLETE,
          "has fewer files or bytes on "
              + names(less)
              + " than here: no whole copy of it is there");
    }
    for (SsdCopy copy : project.ssd()) {
      More more = whole.moreThan(copy);
      if (!more.here() && !more.isNowhere()) {
        warn(
            Code.SSD_INCOMPLETE,
            "has fewer files or bytes on "
                + catalog.driveName(copy)
                + " than "
                + places(more)
                + ": it does not count as a whole copy (vat verify "
                + project.id()
                + " tells what is missing)");
      }
    }
    return !less.isEmpty();
  }

  private void lessHere() {
    for (LocalCopy copy : project.local()) {
      More more = whole.moreThan(copy);
      if (copy.structure() == LocalCopy.Structure.FLAT && !more.isNowhere()) {
        boolean elsewhere = !more.drives().isEmpty() || more.cloud();
        warn(
            Code.HERE_INCOMPLETE,
            "has fewer files or bytes here than "
                + places(more)
                + ": what is here does not count as a whole copy"
                + (elsewhere ? " (vat restore brings back what is missing)" : ""));
      }
    }
  }

  /// @param told whether it was told already that a drive has less than here
  private void few(boolean told) {
    List<SsdCopy> drives = project.ssd().stream().filter(whole::of).toList();
    boolean here = project.local().stream().anyMatch(whole::of);
    boolean alone = project.wholeCopies() == 1;
    if (alone && !drives.isEmpty()) {
      warn(
          Code.ONLY_ONE_COPY,
          "is "
              + (project.ssd().size() == 1 ? "only" : "whole only")
              + " on "
              + names(drives)
              + ": one lost drive loses it");
    } else if (alone && here && !told) {
      warn(
          Code.ONLY_HERE,
          "is "
              + (project.ssd().isEmpty() ? "only" : "whole only")
              + " on this computer: one lost disk loses it (vat copy, vat archive or vat backup make"
              + " a second copy)");
    } else if (project.wholeCopies() == 0) {
      none();
    }
  }

  private void none() {
    boolean lightOnly =
        project.ssd().isEmpty()
            && project.cloud().isEmpty()
            && project.local().stream()
                .allMatch(copy -> copy.structure() == LocalCopy.Structure.GROUPED);
    if (lightOnly) {
      warn(Code.LIGHT_FILES_ONLY, "has light files here, and no whole copy that is known");
    } else {
      warn(
          Code.NO_WHOLE_COPY,
          "has no copy that is known to be whole: each has fewer files or bytes than another one, or"
              + " is damaged. Keep all of them until you know which has what (vat show "
              + project.id()
              + ")");
    }
  }

  private String places(More more) {
    List<String> places = new ArrayList<>();
    more.archived().forEach(copy -> places.add("in " + copy.path()));
    if (!more.drives().isEmpty()) {
      places.add("on " + names(more.drives()));
    }
    if (more.cloud()) {
      places.add("in S3");
    }
    return String.join(" and ", places);
  }

  private String names(List<SsdCopy> copies) {
    return copies.stream().map(catalog::driveName).collect(Collectors.joining(", "));
  }
}
