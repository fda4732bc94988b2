package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.CloudSighting;
import dev.vat.catalog.SharedFiles;
import dev.vat.cloud.ObjectStore;
import dev.vat.lifecycle.CloudLook;
import dev.vat.lifecycle.PlacesLook;
import dev.vat.project.ProjectId;
import dev.vat.settings.ArchivePlace;
import dev.vat.settings.CollabPlace;
import dev.vat.settings.Setting;
import dev.vat.settings.SettingsException;
import dev.vat.staging.RepositoryListing;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// What S3 tells for the manifest: the archive place and what the team shares, each by one listing.
/// One that cannot be listed is told, and what was known of it stays; without settings nothing is
/// asked.
///
/// @param sighting what was listed
/// @param archives the archives of this repository, where they were listed
/// @param places that were to be looked at
/// @param remarks in words for users
record CloudSight(
    CloudSighting sighting,
    Optional<CloudLook.Looked> archives,
    List<Place> places,
    List<String> remarks) {
  /// One that was to be looked at.
  ///
  /// @param place `archives` or `shared`
  /// @param address as people write it; null when the settings do not give one
  /// @param problem null when it was looked at
  record Place(String place, String address, boolean lookedAt, AllSync.ProjectError problem) {}

  CloudSight {
    places = List.copyOf(places);
    remarks = List.copyOf(remarks);
  }

  /// Where nobody wants to look.
  static CloudSight none() {
    return new CloudSight(CloudSighting.none(), Optional.empty(), List.of(), List.of());
  }

  /// Looks now.
  ///
  /// @param known what was known before
  /// @param seen what was found elsewhere
  /// @param archivesWanted whether they are what it is about: a look that fails at them is thrown,
  ///     and those that do not say whose they are may be told by what lies beside them
  /// @throws IOException else only when somebody stopped it
  static CloudSight look(
      Invocation invocation,
      CurrentRepository context,
      Catalog known,
      PlacesLook.Seen seen,
      boolean archivesWanted,
      Instant now)
      throws IOException {
    Set<ProjectId> projects = new HashSet<>(known.projects().keySet());
    projects.addAll(seen.projects());
    List<Place> places = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    Optional<CloudLook.Looked> archives = Optional.empty();
    Optional<Map<ProjectId, SharedFiles>> shared = Optional.empty();
    String address = null;
    try {
      Optional<ArchivePlace> place = ArchivePlace.ifSet(context.settings());
      if (place.isPresent()) {
        address = "s3://" + place.get().bucket() + "/" + place.get().prefix();
        archives =
            Optional.of(
                archives(invocation, context, known, projects, archivesWanted, now, remarks));
        places.add(new Place("archives", address, true, null));
      }
    } catch (IOException | SettingsException fault) {
      if (archivesWanted) {
        throw fault;
      }
      places.add(failed("archives", address, fault));
    }
    address = null;
    try {
      if (context.settings().value(Setting.S3_COLLAB_BUCKET).isPresent()) {
        CollabPlace place = CollabPlace.of(context.settings(), context.repository().root());
        address = "s3://" + place.bucket() + "/" + place.repositoryPrefix();
        shared = Optional.of(shared(invocation, context, projects, now, remarks));
        places.add(new Place("shared", address, true, null));
      }
    } catch (IOException | SettingsException fault) {
      places.add(failed("shared", address, fault));
    }
    return new CloudSight(
        new CloudSighting(archives.map(CloudLook.Looked::archives), shared),
        archives,
        places,
        remarks);
  }

  private static Place failed(String place, String address, Exception fault) throws IOException {
    CommandFailure failure = Faults.of(fault);
    if (failure.exit() == ExitCode.INTERRUPTED) {
      throw failure;
    }
    return new Place(place, address, false, AllSync.ProjectError.of(failure));
  }

  private static CloudLook.Looked archives(
      Invocation invocation,
      CurrentRepository context,
      Catalog known,
      Set<ProjectId> projects,
      boolean tables,
      Instant now,
      List<String> remarks)
      throws IOException {
    try (ArchiveAccess access = ArchiveAccess.open(invocation, context, OptionalLong.empty())) {
      CloudLook.Looked looked =
          new CloudLook(
                  access.store(),
                  access.place().prefix(),
                  access.repo(),
                  tables,
                  invocation.console().progress())
              .look(known, projects, now);
      remarks.addAll(looked.remarks());
      return looked;
    }
  }

  private static Map<ProjectId, SharedFiles> shared(
      Invocation invocation,
      CurrentRepository context,
      Set<ProjectId> projects,
      Instant now,
      List<String> remarks)
      throws IOException {
    CollabAccess access = CollabAccess.open(invocation, context, OptionalLong.empty());
    try (ObjectStore store = access.store()) {
      RepositoryListing listing = RepositoryListing.of(store, access.collab().repositoryPrefix());
      Map<ProjectId, SharedFiles> shared = new HashMap<>();
      for (ProjectId project : listing.projects()) {
        RepositoryListing.Amount amount = listing.amountOf(project);
        if (amount.files() > 0) {
          shared.put(
              project,
              new SharedFiles(amount.files(), amount.bytes(), amount.lastSync(), Optional.of(now)));
          if (!projects.contains(project)) {
            remarks.add(
                project
                    + " is shared by the team ("
                    + Counts.of(amount.files(), "file")
                    + "), and no copy of it is known here (vat down "
                    + project
                    + ")");
          }
        }
      }
      return shared;
    }
  }

  /// Says what could not be looked at.
  void tell(Console console) {
    for (Place place : places) {
      if (place.problem() != null) {
        console.warning(
            (place.place().equals("archives") ? "The archives in S3" : "What is shared through S3")
                + " could not be looked at: "
                + Printable.of(place.problem().message().replaceFirst("\\.$", ""))
                + ". What was known of it stays, with the date it was seen.");
      }
    }
  }
}
