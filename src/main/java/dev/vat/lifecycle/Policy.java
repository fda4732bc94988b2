package dev.vat.lifecycle;

import dev.vat.catalog.CloudCopy;
import dev.vat.catalog.LocalCopy;
import dev.vat.catalog.ProjectEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Which tier a project moves to next, and when: by its age, which counts from the youngest change
/// in any of its copies (design, section 4). Pure: it knows what the manifest knows.
///
/// @param archiveAfterDays `ARCHIVE_AFTER_DAYS`: from here to the SSD
/// @param backupAfterDays `BACKUP_AFTER_DAYS`: from the SSD to S3
/// @param ssdRetentionDays `SSD_RETENTION_DAYS`: off the SSD, not before it is in S3
/// @param s3RetentionDays `S3_RETENTION_DAYS`: to Glacier, counted from the upload to S3
public record Policy(
    int archiveAfterDays, int backupAfterDays, int ssdRetentionDays, int s3RetentionDays) {
  public Policy {
    if (archiveAfterDays < 0
        || backupAfterDays < 0
        || ssdRetentionDays < 0
        || s3RetentionDays < 0) {
      throw new IllegalArgumentException("an age below zero");
    }
  }

  /// The next step of a project.
  public Proposal next(ProjectEntry project) {
    if (project.local().stream().anyMatch(c -> c.structure() == LocalCopy.Structure.FLAT)) {
      return atAge(project, Proposal.Step.ARCHIVE, archiveAfterDays, "ARCHIVE_AFTER_DAYS");
    }
    boolean onSsd = !project.ssd().isEmpty();
    Optional<CloudCopy> cloud = project.s3();
    if (onSsd && cloud.isEmpty()) {
      return atAge(project, Proposal.Step.BACKUP, backupAfterDays, "BACKUP_AFTER_DAYS");
    }
    if (onSsd) {
      return ssdRetentionDays >= backupAfterDays
          ? atAge(project, Proposal.Step.RELEASE, ssdRetentionDays, "SSD_RETENTION_DAYS")
          : atAge(project, Proposal.Step.RELEASE, backupAfterDays, "BACKUP_AFTER_DAYS");
    }
    if (cloud.isEmpty()) {
      return new Proposal.Stay("no whole copy is known that could be moved");
    }
    return cloud.get().frozen()
        ? new Proposal.Stay("Glacier is the last place")
        : new Proposal.Move(
            Proposal.Step.FREEZE,
            cloud.get().uploadedAt().map(at -> at.plus(Duration.ofDays(s3RetentionDays))),
            s3RetentionDays
                + " days after its upload to S3 (S3_RETENTION_DAYS)"
                + (cloud.get().uploadedAt().isPresent()
                    ? ""
                    : ", which the manifest does not tell yet"));
  }

  private static Proposal atAge(
      ProjectEntry project, Proposal.Step step, int days, String setting) {
    Optional<Instant> lastChange = project.lastChange();
    return new Proposal.Move(
        step,
        lastChange.map(at -> at.plus(Duration.ofDays(days))),
        lastChange.isPresent()
            ? days + " days after the last change (" + setting + ")"
            : days
                + " days after the last change ("
                + setting
                + "), which the manifest does not tell yet");
  }
}
