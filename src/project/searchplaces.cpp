// SPDX-License-Identifier: MIT
#include "project/searchplaces.h"

#include <utility>

namespace Meanwhile::Project {

namespace {

constexpr qsizetype kEnoughFiles = 1'000; // to be passed on while the walk continues

} // namespace

SearchPlaces::SearchPlaces(Take take)
    : m_take(std::move(take))
{
}

void SearchPlaces::enter()
{
    m_levels.emplace_back();
}

void SearchPlaces::addWanted(const QByteArray &file)
{
    m_levels.back().places.push_back({file, 1});
    ++m_levels.back().files;
}

void SearchPlaces::addUnwanted()
{
    m_levels.back().isWhole = false;
}

void SearchPlaces::leave(const QByteArray &folder, bool isWhole)
{
    Level done = std::exchange(m_levels.back(), {});
    m_levels.pop_back();
    done.isWhole = done.isWhole && isWhole;
    if (done.isWhole && done.files > 0)
        done.places = {{folder, done.files}};
    const bool isTaken = m_levels.empty() || done.files >= kEnoughFiles;
    if (isTaken) {
        for (const Place &place : done.places)
            m_take(place.path, place.files);
    }
    if (m_levels.empty())
        return;
    Level &above = m_levels.back();
    above.isWhole = above.isWhole && done.isWhole && !isTaken;
    if (isTaken)
        return;
    above.files += done.files;
    above.places.insert(above.places.end(), done.places.begin(), done.places.end());
}

} // namespace Meanwhile::Project
