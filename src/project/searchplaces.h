// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayList>

#include <functional>
#include <vector>

namespace Meanwhile::Project {

/// What to name to ripgrep so that it searches the wanted files of a tree: a folder where all files in and
/// below it are wanted, which it reads in two thirds of the time that as many names take; else the files.
///
/// Told of a walk in its order: enter(), its files and the folders in it, leave(). Paths are relative to the
/// start of the walk, whose own is empty.
class SearchPlaces {
public:
    /// Called with each place, as soon as it is known, and the number of files in it.
    using Take = std::function<void(const QByteArray &place, qsizetype files)>;

    explicit SearchPlaces(Take take);

    void enter();
    void addWanted(const QByteArray &file);
    void addUnwanted();
    /// `isWhole`: the walk left out nothing that is in the folder.
    void leave(const QByteArray &folder, bool isWhole);

private:
    struct Place {
        QByteArray path;
        qsizetype files = 0;
    };
    struct Level {
        std::vector<Place> places;
        qsizetype files = 0;
        bool isWhole = true;
    };

    Take m_take;
    std::vector<Level> m_levels;
};

} // namespace Meanwhile::Project
