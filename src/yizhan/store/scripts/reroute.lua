local key, owner = ARGV[4], ARGV[5]
local job = load(key)
if not job then
  return {}
end
local mine = owns(job, owner)
local allowed = UNFINISHED[job.state] and mine
  or job.state == 'ready' and (job.route == 'push' or mine)
if not allowed then
  return {}
end
give_to_owner(job, lease_time())
local parts = parts_of(job, CUSTOM)
if #parts > 0 then
  job.owner = owner
  conclude(job, 'delivered')
  save(job)
end
return parts
