package dev.vat.staging;

import dev.vat.cloud.ObjectStore;
import dev.vat.disk.FilePlacement;
import dev.vat.disk.PutAside;
import dev.vat.progress.Progress;
import dev.vat.project.FileKinds;
import dev.vat.state.State;
import java.nio.file.Path;
import java.time.InstantSource;

/// What the staging of one project works with; all of it is handed in.
///
/// @param store the collaboration bucket
/// @param place where in it
/// @param folder the local `s3-staging/`, which need not exist
/// @param kinds what is junk
/// @param state what is remembered between runs
/// @param placement how files get their places
/// @param aside where files go that lost a decision
/// @param user who this is
/// @param windows whether file names must be such that Windows can hold them: this is Windows, or
///     the folder is on a drive formatted for it
/// @param limits how much goes over the line at once
public record StagingParts(
    ObjectStore store,
    StagedPlace place,
    Path folder,
    FileKinds kinds,
    State state,
    FilePlacement placement,
    PutAside aside,
    String user,
    boolean windows,
    TransferLimits limits,
    Progress progress,
    InstantSource clock) {}
